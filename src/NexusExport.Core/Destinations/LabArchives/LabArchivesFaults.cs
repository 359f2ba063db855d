using System.Globalization;
using System.Net;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.LabArchives;

/// <summary>What LabArchives means by its errors and by an HTTP status.</summary>
internal sealed class LabArchivesFaults(string destination, SecretRedaction redaction)
{
    private const string CredentialsAdvice =
        "Check access_key_id, access_password and user_id (a user id belongs to one access key and one region), then try Test-ExportDestination.";

    private const string PermissionAdvice = "Let the notebook's owner give the account of user_id the right to write there, or set notebook_id to another notebook.";

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
                RecommendedAction = "The record is larger than the account may attach (Test-ExportDestination tells the limit); ask LabArchives to raise it.",
            },
            _ => clean,
        };
    }

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
            { IsPermission: true } => new(ExportErrorCode.PermissionDenied, message) { RecommendedAction = PermissionAdvice },
            { IsAttachmentUpdate: true } => new(ExportErrorCode.RequestRejected, message)
            {
                RecommendedAction = "LabArchives did not take the attachment: look at the page, remove what is half there, and run the export again.",
            },
            _ when general is not null => general with { Message = message },
            _ => new(ExportErrorCode.RequestRejected, message),
        };
    }

    private string Message(HttpAnswer answer, LabArchivesError error)
    {
        var number = error.Code is { } code ? string.Create(CultureInfo.InvariantCulture, $"error {code}") : "an error";
        var said = ServerMessage.Cut(LabArchivesSignature.Redact(redaction.Apply(error.Description), answer.Address)).TrimEnd('.');
        var status = string.Create(CultureInfo.InvariantCulture, $"(HTTP {(int)answer.Status})");
        return $"'{destination}' answered {answer.Call.Path.Split('?')[0]} with {number} {status}{(said.Length > 0 ? ": " + said : string.Empty)}.";
    }
}
