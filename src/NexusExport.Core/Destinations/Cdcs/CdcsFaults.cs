using System.Net;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.Cdcs;

/// <summary>Where CDCS means something else by a status than HTTP does.</summary>
internal static class CdcsFaults
{
    // Django REST Framework's sentences (rest_framework/exceptions.py, authentication.py). Its first authentication class here is the
    // session one, so a bad token is 403 and not 401.
    private static readonly string[] AuthenticationSentences =
    [
        "Invalid token",
        "credentials were not provided",
        "Incorrect authentication credentials",
        Deactivated,
    ];

    // core_main_app/access_control/api.py. Where a record is made or downloaded they come as 500, elsewhere as 403.
    private static readonly string[] RightsWords = ["enough rights", "the permission to", "if not authenticated"];

    // What Django's databases say when they cannot work now; the view passes every exception on as a 500 with its text.
    private static readonly string[] DatabaseSentences =
    [
        "database is locked", "deadlock detected", "could not connect", "connection to server", "server closed the connection",
        "too many clients", "the database system is",
    ];

    private const string Deactivated = "User inactive or deleted";

    /// <summary>Corrects the general mapping.</summary>
    public static ExportFault Refine(HttpAnswer answer, ExportFault fault) => answer.Status switch
    {
        HttpStatusCode.Forbidden when Says(answer, AuthenticationSentences) => Unauthenticated(answer, fault),
        HttpStatusCode.Forbidden or HttpStatusCode.InternalServerError when Says(answer, RightsWords) => Unauthorized(answer, fault),
        HttpStatusCode.Forbidden when IsForSuperusers(answer.Call) => fault with
        {
            RecommendedAction = "Use the token of a superuser, or set user_owned_records to false.",
            ConcernsEveryRecord = true,
        },
        HttpStatusCode.InternalServerError when IsNoPossibleId(answer) => new(ExportErrorCode.ResourceNotFound, fault.Message),

        HttpStatusCode.InternalServerError when ServerMessage.IsFromApplication(answer) && Says(answer, DatabaseSentences) =>
            new(ExportErrorCode.ServerUnavailable, fault.Message) { MayHaveCommitted = fault.MayHaveCommitted, RetryAfter = fault.RetryAfter },

        // Malformed or schema-invalid XML, malformed JSON and what else is refused is 500 with a message here: permanent, and nothing was made.
        HttpStatusCode.InternalServerError when ServerMessage.IsFromApplication(answer) =>
            fault with { Recoverable = false, MayHaveCommitted = false },
        HttpStatusCode.NotFound when answer.IsHtml => fault with
        {
            Message = $"{fault.Message.TrimEnd('.')}: the server has no such address.",
            RecommendedAction = "Check that the destination's url is the address of the CDCS instance itself, path prefix included.",
        },
        _ => fault,
    };

    /// <summary>Whether a 400 says that an id does not exist.</summary>
    public static bool IsUnknownId(HttpAnswer answer, string field) =>
        answer.Status == HttpStatusCode.BadRequest
        && ServerMessage.AboutField(answer, field)?.Contains("Invalid pk", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whether a 500 says that what stands in the address can be nobody's id.</summary>
    public static bool IsNoPossibleId(HttpAnswer answer) => answer.Status == HttpStatusCode.InternalServerError
        && Says(answer, ["expected a number but got", "too large to convert", "integer out of range", "matching query does not exist"]);

    /// <summary>Whether a page beyond the last was asked for: 500 here.</summary>
    public static bool IsBeyondTheLastPage(HttpAnswer answer) =>
        answer.Status is HttpStatusCode.InternalServerError or HttpStatusCode.NotFound && Says(answer, ["Invalid page"]);

    /// <summary>Whether the account may not see, or change, what is there.</summary>
    public static bool IsRefusedAccess(HttpAnswer answer) =>
        answer.Status is HttpStatusCode.Forbidden or HttpStatusCode.InternalServerError && Says(answer, RightsWords);

    /// <summary>Whether a refusal is about the text that was sent, which was looked at: XML and JSON are complained of by their lines.</summary>
    public static bool IsAboutTheText(HttpAnswer answer) => answer.Status == HttpStatusCode.InternalServerError && Says(answer, ["line "]);

    private static bool IsForSuperusers(HttpCall call) =>
        call.Path.StartsWith("rest/user/", StringComparison.Ordinal) || call.Path.Contains("/change-owner/", StringComparison.Ordinal);

    private static ExportFault Unauthenticated(HttpAnswer answer, ExportFault fault)
    {
        var expired = new ExportFault(ExportErrorCode.AuthExpired, fault.Message);
        return Says(answer, [Deactivated])
            ? expired with { RecommendedAction = "Have the account of the token activated again, or use the token of another account." }
            : expired;
    }

    private static ExportFault Unauthorized(HttpAnswer answer, ExportFault fault)
    {
        var denied = new ExportFault(ExportErrorCode.PermissionDenied, fault.Message);
        return Says(answer, ["publish"])
            ? denied with
            {
                RecommendedAction = "Have the account of the token put into the group 'default' or given the right to publish data, choose a workspace "
                    + "that it may write to, or set assign_to_workspace to false.",
                ConcernsEveryRecord = true,
            }
            : Says(answer, ["into this workspace"])
                ? denied with { RecommendedAction = "Have the account of the token given write access to the workspace, or set workspace to another one." }
                : denied;
    }

    private static bool Says(HttpAnswer answer, ReadOnlySpan<string> words)
    {
        if (ServerMessage.Read(answer) is { } said)
        {
            foreach (var word in words)
            {
                if (said.Contains(word, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
