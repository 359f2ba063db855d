using System.Globalization;
using System.Net;
using NexusExport.Destinations.Http;
using NexusExport.Security;

namespace NexusExport.Destinations.LabArchives;

/// <summary>What LabArchives means by its errors and by an HTTP status.</summary>
internal sealed class LabArchivesFaults(string destination, SecretRedactor redaction)
{
    private const string CredentialsAdvice =
        "Check access_key_id, access_password and user_id (a user id belongs to one access key and one region), then try Test-ExportDestination.";

    /// <summary>What to do about rights that are missing.</summary>
    public const string PermissionAdvice =
        "Let the notebook's owner give the account of user_id the right to write there, or set notebook_id to another notebook. "
        + "A guest's right to edit ends after 60 days: the account should be a user.";

    /// <summary>What to do about a record that LabArchives finds too large.</summary>
    public const string TooLargeAdvice =
        "The record is larger than the account may attach (Test-ExportDestination tells the limit); ask LabArchives to raise it.";

    private const string ParameterAdvice =
        "Check notebook_id and user_id, which are taken as they stand; a record with an odd name may also be the reason.";

    /// <summary>Corrects the general mapping of a status.</summary>
    public static ExportFault Refine(HttpAnswer answer, ExportFault fault)
    {
        var clean = fault with { Message = LabArchivesSignature.Redact(fault.Message, answer.Address) };
        return answer.Status switch
        {
            HttpStatusCode.NotFound when answer.MediaType.Contains("html", StringComparison.Ordinal) => clean with
            {
                Message = $"{clean.Message.TrimEnd('.')}: the server has no such address.",
                RecommendedAction = "Check that the destination's url is the address of the LabArchives API of your region.",
            },
            HttpStatusCode.RequestEntityTooLarge => clean with
            {
                RecommendedAction = TooLargeAdvice,
            },
            _ => clean,
        };
    }

    /// <summary>Whether a fault may mean that what was asked for is not there any more: LabArchives documents no error for that.</summary>
    public static bool MayBeGone(ExportFault fault) => !fault.Recoverable && fault.Code is ExportErrorCode.ResourceNotFound or ExportErrorCode.RequestRejected;

    /// <summary>The fault that an error in XML stands for.</summary>
    /// <param name="answer">The answer that has it.</param>
    /// <param name="error">The error.</param>
    /// <param name="general">What the HTTP status alone says; null where it says success.</param>
    public ExportFault From(HttpAnswer answer, LabArchivesError error, ExportFault? general)
    {
        var message = Message(answer, error);
        return error switch
        {
            { IsAuthentication: true } => new(ExportErrorCode.AuthExpired, message) { RecommendedAction = CredentialsAdvice },
            { IsPermission: true } => new(ExportErrorCode.PermissionDenied, message)
            {
                RecommendedAction = PermissionAdvice,
                ConcernsEveryRecord = IsAboutTheNotebook(answer.Call.Path),
            },
            { IsParameter: true } => new(ExportErrorCode.RequestRejected, message) { RecommendedAction = ParameterAdvice },
            { IsGeneral: true } => new(ExportErrorCode.ServerError, message)
            {
                Recoverable = true,
                MayHaveCommitted = answer.Call.IsWrite,
                RecommendedAction = "LabArchives failed without a reason: run the export again later, it looks for what is there already.",
            },

            // The service has spoken, and not of credentials: 401 is the status of many of its errors.
            _ when general is { Code: ExportErrorCode.AuthExpired } => new(ExportErrorCode.RequestRejected, message),
            _ when general is not null => general with { Message = message },
            _ => new(ExportErrorCode.RequestRejected, message),
        };
    }

    private static bool IsAboutTheNotebook(string path) => path.Contains($"parent_tree_id={LabArchivesNode.RootId}&", StringComparison.Ordinal);

    private string Message(HttpAnswer answer, LabArchivesError error)
    {
        var number = error.Code is { } code ? string.Create(CultureInfo.InvariantCulture, $"error {code}") : "an error";
        var said = ServerMessage.Tidy(LabArchivesSignature.Redact(redaction.Redact(error.Description), answer.Address))?.TrimEnd('.') ?? string.Empty;
        var status = string.Create(CultureInfo.InvariantCulture, $"(HTTP {(int)answer.Status})");
        return $"'{destination}' answered {answer.Call.Path.Split('?')[0]} with {number} {status}{(said.Length > 0 ? ": " + said : string.Empty)}.";
    }
}
