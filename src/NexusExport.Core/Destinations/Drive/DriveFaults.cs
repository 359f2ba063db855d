using System.Net;
using System.Text.Json;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.Drive;

/// <summary>
/// What Google means by a status: 403 is a limit, a full drive or a missing right, told apart by the reason in the body
/// (https://developers.google.com/workspace/drive/api/guides/handle-errors).
/// </summary>
internal static class DriveFaults
{
    private const string OwnQuota = "Service Accounts do not have storage quota";

    /// <summary>Corrects the general mapping of the API's answers.</summary>
    public static ExportFault OfApi(HttpAnswer answer, ExportFault fault) => (answer.Status, Reason(answer)) switch
    {
        (HttpStatusCode.Forbidden, "rateLimitExceeded" or "userRateLimitExceeded" or "sharingRateLimitExceeded") =>
            Recode(fault, ExportErrorCode.RateLimited),
        (HttpStatusCode.Forbidden, "dailyLimitExceeded" or "quotaExceeded") => Recode(fault, ExportErrorCode.RateLimited) with
        {
            Recoverable = false,
            ConcernsEveryRecord = true,
            RecommendedAction = "The quota of the Google Cloud project is used up for today: run the export again tomorrow, or have it raised.",
        },
        (HttpStatusCode.Forbidden, "storageQuotaExceeded") => Recode(fault, ExportErrorCode.StorageFull) with
        {
            ConcernsEveryRecord = true,
            RecommendedAction = fault.Message.Contains(OwnQuota, StringComparison.OrdinalIgnoreCase)
                ? "A service account owns no storage: export to a folder in a shared drive, set subject, or use a refresh token."
                : "Free space in the Google account that owns the folder, then run the export again.",
        },
        (HttpStatusCode.Forbidden, "teamDriveFileLimitExceeded" or "numChildrenInNonRootLimitExceeded" or "activeItemCreationLimitExceeded") =>
            Recode(fault, ExportErrorCode.StorageFull) with
            {
                ConcernsEveryRecord = true,
                RecommendedAction = "Drive takes no more items there: set folder_id to another folder.",
            },
        (HttpStatusCode.Forbidden, "accessNotConfigured" or "SERVICE_DISABLED") =>
            fault with { ConcernsEveryRecord = true, RecommendedAction = "Enable the Google Drive API in the Google Cloud project of the credentials." },
        (HttpStatusCode.Forbidden, "insufficientPermissions" or "ACCESS_TOKEN_SCOPE_INSUFFICIENT") =>
            fault with { ConcernsEveryRecord = true, RecommendedAction = $"Grant the credentials the scope {DriveDestinationSettings.FullScope}." },
        (HttpStatusCode.Forbidden, _) =>
            fault with
            {
                ConcernsEveryRecord = IsAboutThePlace(answer),
                RecommendedAction = "Share the folder with the account as an editor (content manager in a shared drive), or choose another one.",
            },
        (HttpStatusCode.NotFound, _) =>
            fault with
            {
                ConcernsEveryRecord = IsAboutThePlace(answer),
                RecommendedAction = "Check folder_id, and share the folder with the account of the credentials: Drive hides what is not shared.",
            },
        _ => fault,
    };

    /// <summary>Corrects the general mapping of the token endpoint's answers.</summary>
    public static ExportFault OfToken(HttpAnswer answer, ExportFault fault)
    {
        if ((int)answer.Status is < 400 or >= 500 || fault.Code == ExportErrorCode.RateLimited)
        {
            return fault;
        }

        // RFC 6749 section 5.2: a refusal is 400 or 401 with an error and a sentence.
        var said = Field(answer, "error_description");
        var message = fault.Message.TrimEnd('.');
        return new(ExportErrorCode.AuthExpired, said is null ? $"{message}." : $"{message} ({said.TrimEnd('.')}).")
        {
            RecommendedAction = Field(answer, "error") == "invalid_client"
                ? "Check client_id and client_secret of this destination: Google does not know the one, or the other is not its secret (any more)."
                : "Make a new key or refresh token for this destination, check this machine's clock, then use Test-ExportDestination.",
        };
    }

    // What is changed is a file that is there, and may be somebody else's; all else is made in the folder or asked of it. A proxy knows neither.
    private static bool IsAboutThePlace(HttpAnswer answer) => answer.Call.Method != HttpMethod.Patch && ServerMessage.IsFromApplication(answer);

    private static ExportFault Recode(ExportFault fault, string code) => new(code, fault.Message) { RetryAfter = fault.RetryAfter };

    private static string? Field(HttpAnswer answer, string name) => Look(answer, root => JsonFields.Text(root, name));

    // {"error":{"errors":[{"reason":…}]}}, and in newer answers {"error":{"details":[{"reason":…}]}}.
    private static string? Reason(HttpAnswer answer) => Look(answer, root =>
        JsonFields.Group(root, "error") is { } error ? First(error, "errors") ?? First(error, "details") : null);

    private static string? First(JsonElement error, string list) =>
        JsonFields.Items(error, list).Select(item => JsonFields.Text(item, "reason")).FirstOrDefault(reason => reason is not null);

    private static string? Look(HttpAnswer answer, Func<JsonElement, string?> find)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Json);
            return find(document.RootElement);
        }
        catch (JsonException)
        {
            // A proxy's page or nothing at all: then the status alone speaks.
            return null;
        }
    }
}
