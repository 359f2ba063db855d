using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.WebDav;

/// <summary>Where WebDAV means something else by a status than HTTP does (RFC 4918 sections 9 and 11).</summary>
/// <param name="destination">The destination's name.</param>
/// <param name="scheme">The authentication scheme that its credentials are for; null without credentials.</param>
internal sealed class WebDavFaults(string destination, string? scheme)
{
    private const string Credentials =
        "Check username and password (for Nextcloud an app password) or the token of this destination with Test-ExportDestination.";

    /// <summary>Corrects the general mapping.</summary>
    public ExportFault Refine(HttpAnswer answer, ExportFault fault) => (int)answer.Status switch
    {
        401 => OtherScheme(answer) ?? fault with { RecommendedAction = Credentials },

        // Whoever may not even look, or make the collection, may do nothing there.
        403 when !answer.Call.IsWrite => fault with { ConcernsEveryRecord = true },

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
            ConcernsEveryRecord = true,
        },
        _ => fault,
    };

    // Good credentials are refused as well where the server wants them in another way, for example as a digest.
    private ExportFault? OtherScheme(HttpAnswer answer)
    {
        var asked = answer.Headers?.WwwAuthenticate.Select(challenge => challenge.Scheme).Distinct(StringComparer.OrdinalIgnoreCase).ToList() ?? [];
        if (scheme is null || asked.Count == 0 || asked.Contains(scheme, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        var names = string.Join(" or ", asked);
        return new(ExportErrorCode.AuthExpired, $"'{destination}' takes {names} authentication only, and is sent {scheme}.")
        {
            RecommendedAction = $"Have the server take {scheme} authentication for this collection (over https), or use credentials of the kind that it takes: "
                + "username and password are sent as Basic, token as Bearer.",
        };
    }
}
