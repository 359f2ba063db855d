namespace NexusExport.Faults;

/// <summary>What a file system's exceptions mean.</summary>
internal static class StorageFaults
{
    // Windows reports HRESULTs; .NET on Unix puts the bare errno there.
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsWriteProtected = unchecked((int)0x80070013);
    private const int NoSpaceOnUnix = 28;
    private const int ReadOnlyFileSystemOnUnix = 30;
    private const int QuotaOnLinux = 122;
    private const int QuotaOnMac = 69;

    /// <summary>STORAGE_FULL, PERMISSION_DENIED or, for everything else, STORAGE_FAILED.</summary>
    /// <param name="exception">An IOException or UnauthorizedAccessException.</param>
    public static ExportFault From(Exception exception)
    {
        var code = exception switch
        {
            UnauthorizedAccessException => ExportErrorCode.PermissionDenied,
            _ when exception.HResult is WindowsWriteProtected => ExportErrorCode.PermissionDenied,
            _ when exception.HResult is WindowsDiskFull or WindowsHandleDiskFull => ExportErrorCode.StorageFull,
            _ when !OperatingSystem.IsWindows() => OnUnix(exception.HResult),
            _ => ExportErrorCode.StorageFailed,
        };
        return new(code, exception.Message);
    }

    private static string OnUnix(int errno) => errno switch
    {
        NoSpaceOnUnix => ExportErrorCode.StorageFull,
        ReadOnlyFileSystemOnUnix => ExportErrorCode.PermissionDenied,
        QuotaOnLinux when OperatingSystem.IsLinux() => ExportErrorCode.StorageFull,
        QuotaOnMac when OperatingSystem.IsMacOS() => ExportErrorCode.StorageFull,
        _ => ExportErrorCode.StorageFailed,
    };
}
