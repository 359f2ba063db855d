namespace NexusExport;

/// <summary>What a file system's exceptions mean, on a disk and on a share.</summary>
internal static class StorageFaults
{
    /// <summary>
    /// STORAGE_FULL, PERMISSION_DENIED, AUTH_EXPIRED (a share's log-on), CONNECTION_FAILED (a share that cannot be reached) or, for
    /// everything else, STORAGE_FAILED. The last two are worth another attempt.
    /// </summary>
    /// <param name="exception">An IOException or UnauthorizedAccessException.</param>
    public static ExportFault From(Exception exception) => exception is UnauthorizedAccessException
        ? new(ExportErrorCode.PermissionDenied, ExceptionText.Of(exception))
        : new(OnWindows(exception.HResult) ?? OnUnix(exception.HResult), ExceptionText.Of(exception));

    // Windows reports HRESULTs of Win32 errors, 0x8007xxxx (https://learn.microsoft.com/windows/win32/debug/system-error-codes).
    private static string? OnWindows(int result) => (result & 0xFFFF0000) != 0x80070000 ? null : (result & 0xFFFF) switch
    {
        39 or 112 or 1295 => ExportErrorCode.StorageFull, // HANDLE_DISK_FULL, DISK_FULL, DISK_QUOTA_EXCEEDED
        19 or 65 => ExportErrorCode.PermissionDenied, // WRITE_PROTECT, NETWORK_ACCESS_DENIED
        86 or 1326 or 1330 or 1331 => ExportErrorCode.AuthExpired, // INVALID_PASSWORD, LOGON_FAILURE, PASSWORD_EXPIRED, ACCOUNT_DISABLED
        51 or 53 or 54 or 55 or 58 or 59 or 64 or 67 or 121 or 1203 or 1222 or (>= 1225 and <= 1236) =>
            ExportErrorCode.ConnectionFailed, // REM_NOT_LIST, BAD_NETPATH, NETNAME_DELETED, SEM_TIMEOUT, NO_NETWORK, NETWORK_UNREACHABLE, …
        _ => ExportErrorCode.StorageFailed, // SHARING_VIOLATION and LOCK_VIOLATION among them
    };

    // .NET on Unix puts the bare errno there.
    private static string OnUnix(int errno) => errno switch
    {
        28 => ExportErrorCode.StorageFull, // ENOSPC
        30 => ExportErrorCode.PermissionDenied, // EROFS
        _ when OperatingSystem.IsLinux() => OnLinux(errno),
        _ when OperatingSystem.IsMacOS() => OnMac(errno),
        _ => ExportErrorCode.StorageFailed,
    };

    private static string OnLinux(int errno) => errno switch
    {
        122 => ExportErrorCode.StorageFull, // EDQUOT
        127 or 128 or 129 => ExportErrorCode.AuthExpired, // EKEYEXPIRED, EKEYREVOKED, EKEYREJECTED: a mount's Kerberos ticket
        64 or (>= 100 and <= 104) or (>= 107 and <= 108) or (>= 110 and <= 113) =>
            ExportErrorCode.ConnectionFailed, // ENONET, ENETDOWN … ECONNRESET, ENOTCONN, ESHUTDOWN, ETIMEDOUT … EHOSTUNREACH
        _ => ExportErrorCode.StorageFailed, // EIO, ESTALE, EAGAIN (a sharing violation) among them
    };

    private static string OnMac(int errno) => errno switch
    {
        69 => ExportErrorCode.StorageFull, // EDQUOT
        80 or 81 => ExportErrorCode.AuthExpired, // EAUTH, ENEEDAUTH
        (>= 50 and <= 54) or 57 or 58 or 60 or 61 or 64 or 65 =>
            ExportErrorCode.ConnectionFailed, // ENETDOWN … ECONNRESET, ENOTCONN, ESHUTDOWN, ETIMEDOUT, ECONNREFUSED, EHOSTDOWN, EHOSTUNREACH
        _ => ExportErrorCode.StorageFailed,
    };
}
