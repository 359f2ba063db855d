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
        "User inactive or deleted",
    ];

    /// <summary>Corrects the general mapping.</summary>
    public static ExportFault Refine(HttpAnswer answer, ExportFault fault) => answer.Status switch
    {
        HttpStatusCode.Forbidden when SpeaksOfAuthentication(answer) => Recode(fault, ExportErrorCode.AuthExpired),

        // Malformed or schema-invalid XML, malformed JSON and refused access are 500 with a message here: permanent, and nothing was made.
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

    private static bool SpeaksOfAuthentication(HttpAnswer answer) =>
        ServerMessage.Read(answer) is { } said
        && AuthenticationSentences.Any(sentence => said.Contains(sentence, StringComparison.OrdinalIgnoreCase));

    private static ExportFault Recode(ExportFault fault, string code) => new(code, fault.Message);
}
