namespace NexusExport.Tests.Contract;

public sealed class StorageFaultsTests
{
    [Theory]
    [InlineData(64, ExportErrorCode.ConnectionFailed, true)] // NETNAME_DELETED
    [InlineData(53, ExportErrorCode.ConnectionFailed, true)] // BAD_NETPATH
    [InlineData(59, ExportErrorCode.ConnectionFailed, true)] // UNEXP_NET_ERR
    [InlineData(121, ExportErrorCode.ConnectionFailed, true)] // SEM_TIMEOUT
    [InlineData(1231, ExportErrorCode.ConnectionFailed, true)] // NETWORK_UNREACHABLE
    [InlineData(1236, ExportErrorCode.ConnectionFailed, true)] // CONNECTION_ABORTED
    [InlineData(32, ExportErrorCode.StorageFailed, true)] // SHARING_VIOLATION
    [InlineData(33, ExportErrorCode.StorageFailed, true)] // LOCK_VIOLATION
    [InlineData(112, ExportErrorCode.StorageFull, false)] // DISK_FULL
    [InlineData(1295, ExportErrorCode.StorageFull, false)] // DISK_QUOTA_EXCEEDED
    [InlineData(19, ExportErrorCode.PermissionDenied, false)] // WRITE_PROTECT
    [InlineData(65, ExportErrorCode.PermissionDenied, false)] // NETWORK_ACCESS_DENIED
    [InlineData(1326, ExportErrorCode.AuthExpired, false)] // LOGON_FAILURE
    public void From_WindowsError_TellsWhatHappenedToTheShare(int error, string code, bool recoverable)
    {
        var fault = StorageFaults.From(new IOException("no", unchecked((int)0x80070000) | error));

        Assert.Equal((code, recoverable), (fault.Code, fault.Recoverable));
    }

    [Theory]
    [InlineData(107, ExportErrorCode.ConnectionFailed, true)] // ENOTCONN
    [InlineData(110, ExportErrorCode.ConnectionFailed, true)] // ETIMEDOUT
    [InlineData(112, ExportErrorCode.ConnectionFailed, true)] // EHOSTDOWN
    [InlineData(113, ExportErrorCode.ConnectionFailed, true)] // EHOSTUNREACH
    [InlineData(104, ExportErrorCode.ConnectionFailed, true)] // ECONNRESET
    [InlineData(116, ExportErrorCode.StorageFailed, true)] // ESTALE
    [InlineData(5, ExportErrorCode.StorageFailed, true)] // EIO
    [InlineData(11, ExportErrorCode.StorageFailed, true)] // EAGAIN, a sharing violation
    [InlineData(28, ExportErrorCode.StorageFull, false)] // ENOSPC
    [InlineData(122, ExportErrorCode.StorageFull, false)] // EDQUOT
    [InlineData(30, ExportErrorCode.PermissionDenied, false)] // EROFS
    [InlineData(127, ExportErrorCode.AuthExpired, false)] // EKEYEXPIRED
    [RequiresLinux] // The numbers are its own.
    public void From_LinuxError_TellsWhatHappenedToTheMount(int error, string code, bool recoverable)
    {
        var fault = StorageFaults.From(new IOException("no", error));

        Assert.Equal((code, recoverable), (fault.Code, fault.Recoverable));
    }

    [Fact]
    public void From_AccessRefused_IsPermissionDenied() =>
        Assert.Equal(ExportErrorCode.PermissionDenied, StorageFaults.From(new UnauthorizedAccessException()).Code);

    [Fact]
    public void From_AnythingElse_IsAStorageFailureThatMayPass()
    {
        var fault = StorageFaults.From(new DirectoryNotFoundException());

        Assert.Equal((ExportErrorCode.StorageFailed, true), (fault.Code, fault.Recoverable));
    }

    [Fact]
    public void ToFault_OfAShareThatIsGone_NamesTheDestination()
    {
        var fault = ExceptionTranslator.ToFault("archive", new IOException("The specified network name is no longer available.", unchecked((int)0x80070040)), isWrite: true);

        Assert.Equal((ExportErrorCode.ConnectionFailed, true), (fault.Code, fault.MayHaveCommitted));
        Assert.Contains("'archive'", fault.Message, StringComparison.Ordinal);
    }
}
