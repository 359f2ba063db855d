namespace NexusExport;

/// <summary>The one table of what an HTTP status means, whoever met it: a destination of ours or a plugin's own client.</summary>
internal static class HttpStatusFaults
{
    /// <summary>One of <see cref="ExportErrorCode"/> for a status that is no success.</summary>
    public static string CodeOf(int status) => status switch
    {
        >= 300 and < 400 => ExportErrorCode.Redirected,
        401 => ExportErrorCode.AuthExpired,
        403 => ExportErrorCode.PermissionDenied,
        404 or 410 => ExportErrorCode.ResourceNotFound,
        408 or 429 => ExportErrorCode.RateLimited,
        413 => ExportErrorCode.ContentTooLarge,
        >= 400 and < 500 => ExportErrorCode.RequestRejected,
        _ when IsGateways(status) => ExportErrorCode.ServerUnavailable,
        507 => ExportErrorCode.StorageFull,
        _ => ExportErrorCode.ServerError,
    };

    /// <summary>Whether the far side, or what stands before it, may have done the work all the same.</summary>
    public static bool MayHaveCommitted(int status) => status >= 500 && status != 507;

    /// <summary>Whether somebody before the server answered for it; 520 to 527 are Cloudflare's.</summary>
    private static bool IsGateways(int status) => status is (>= 502 and <= 504) or (>= 520 and <= 527);
}
