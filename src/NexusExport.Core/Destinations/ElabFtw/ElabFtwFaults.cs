using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text.Json;
using NexusExport.Destinations.Http;
using NexusExport.Security;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>Where eLabFTW means something else by a status than HTTP does, or gives its reason in another place.</summary>
internal sealed class ElabFtwFaults(SecretRedactor redaction)
{
    private const string RaiseTheLimits =
        "Have the limits for uploads raised (MAX_UPLOAD_SIZE of eLabFTW, client_max_body_size of a proxy before it), "
        + "then run the export again: the entry is completed.";

    private const string CheckTheUrl = "Check that the destination's url is the address of the eLabFTW instance itself.";
    private const int FirstDatabaseCode = 1000;

    // MySQL's numbers for what passes: connections, locks, memory, disks and servers that went away. Its other ones are about what was sent.
    private static readonly FrozenSet<int> PassingDatabaseCodes =
        FrozenSet.Create(
            1021, 1028, 1037, 1038, 1040, 1041, 1053, 1114, 1158, 1159, 1160, 1161, 1203, 1205, 1213, 1290, 1317, 1836, 2002, 2003, 2006, 2013, 3024);

    /// <summary>Corrects the general mapping.</summary>
    // Long: a table, one line an answer of eLabFTW.
    public ExportFault Refine(HttpAnswer answer, ExportFault fault) => answer.Status switch
    {
        // What is no address of its API leads to its start page.
        >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => LeadsToAnApi(answer)
            ? fault with { ConcernsEveryRecord = true }
            : fault with { RecommendedAction = CheckTheUrl, ConcernsEveryRecord = true },
        HttpStatusCode.BadRequest when Says(answer, "read-only key") => ReadOnlyKey(fault.Message),

        // PHP drops a form over post_max_size and goes on without it, so that eLabFTW finds no file; of one over upload_max_filesize it keeps
        // the name alone. Neither gets smaller by another try.
        HttpStatusCode.BadRequest when IsUpload(answer) && Says(answer, "Error reading file") => TooLarge(fault.Message),
        HttpStatusCode.InternalServerError when IsUpload(answer) && Description(answer)?.Contains("The file \"\" does not exist", StringComparison.Ordinal) is true =>
            TooLarge(fault.Message),
        HttpStatusCode.RequestEntityTooLarge => fault with { RecommendedAction = RaiseTheLimits },
        HttpStatusCode.Forbidden when IsCreation(answer) => MayNotCreate(fault),
        HttpStatusCode.NotFound when answer.IsHtml => fault with
        {
            Message = $"{fault.Message.TrimEnd('.')}: the server has no such address.",
            RecommendedAction = CheckTheUrl,
            ConcernsEveryRecord = true,
        },
        HttpStatusCode.InternalServerError when DatabaseCode(answer) is { } code && !PassingDatabaseCodes.Contains(code) =>
            new(ExportErrorCode.RequestRejected, fault.Message) { MayHaveCommitted = fault.MayHaveCommitted },

        // {"message": "Unexpected error", "description": the reason}.
        HttpStatusCode.InternalServerError when Description(answer) is { } reason => fault with
        {
            Message = $"{fault.Message.TrimEnd('.')}: {redaction.Redact(reason).TrimEnd('.')}.",
        },
        _ => fault,
    };

    /// <summary>The fault of a key that may only read.</summary>
    public static ExportFault ReadOnlyKey(string message) => new(ExportErrorCode.PermissionDenied, message)
    {
        RecommendedAction = "Make an API key with read/write permission in eLabFTW, and set api_key to it.",
        ConcernsEveryRecord = true,
    };

    /// <summary>The fault of an account that may make no entries at all.</summary>
    public static ExportFault MayNotCreate(ExportFault fault) => fault with
    {
        RecommendedAction =
            "Have a team admin let members make entries (admin panel of eLabFTW, permissions of the team), or use the API key of an account that may.",
        ConcernsEveryRecord = true,
    };

    private static ExportFault TooLarge(string message) => new(ExportErrorCode.ContentTooLarge, message) { RecommendedAction = RaiseTheLimits };

    private static bool LeadsToAnApi(HttpAnswer answer) =>
        answer.Location?.OriginalString.Contains($"/{ElabFtwApi.Root}/", StringComparison.Ordinal) is true;

    private static bool IsUpload(HttpAnswer answer) => answer.Call.Path.EndsWith("/uploads", StringComparison.Ordinal);

    private static bool IsCreation(HttpAnswer answer) => answer.Call.Method == HttpMethod.Post
        && answer.Call.Path is $"{ElabFtwApi.Root}/experiments" or $"{ElabFtwApi.Root}/items";

    private static bool Says(HttpAnswer answer, string words) =>
        ServerMessage.Read(answer)?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;

    private static int? DatabaseCode(HttpAnswer answer) =>
        int.TryParse(Field(answer, "code"), NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code >= FirstDatabaseCode ? code : null;

    private static string? Description(HttpAnswer answer) =>
        Field(answer, "description") is { Length: > 0 and <= ServerMessage.MaxLength } description ? ServerMessage.Tidy(description) : null;

    private static string? Field(HttpAnswer answer, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(answer.Json);
            return ElabFtwJson.Text(json.RootElement, name);
        }
        catch (JsonException)
        {
            // Pages and empty bodies are answers too, and have no fields.
            return null;
        }
    }
}
