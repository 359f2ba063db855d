using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.WebDav;

/// <summary>Where WebDAV means something else by a status than HTTP does (RFC 4918 sections 9 and 11).</summary>
internal static class WebDavFaults
{
    /// <summary>Corrects the general mapping.</summary>
    public static ExportFault Refine(HttpAnswer answer, ExportFault fault) => (int)answer.Status switch
    {
        401 => fault with
        {
            RecommendedAction = "Check username and password (for Nextcloud an app password) or the token of this destination with Test-ExportDestination.",
        },

        // Made anew with the next attempt.
        409 => new(ExportErrorCode.ResourceNotFound, fault.Message)
        {
            Recoverable = true,
            RecommendedAction = "The collection was removed meanwhile: run the export again, and it is made anew.",
        },
        423 => new(ExportErrorCode.StorageFailed, fault.Message)
        {
            RecommendedAction = "Somebody has locked the file or the collection: have it unlocked, or run the export again later.",
        },
        405 or 501 when answer.Call.Method == WebDavApi.PropFind => new(ExportErrorCode.UnexpectedResponse, fault.Message)
        {
            RecommendedAction = "Check that url is the WebDAV address (for Nextcloud …/remote.php/dav/files/USER/FOLDER), not that of the web pages.",
        },
        _ => fault,
    };
}
