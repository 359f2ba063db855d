using System.Net;
using System.Text.Json;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>Where eLabFTW means something else by a status than HTTP does, or gives its reason in another place.</summary>
internal sealed class ElabFtwFaults(SecretRedaction redaction)
{
    private const string RaiseTheLimits =
        "Have the limits for uploads raised (MAX_UPLOAD_SIZE of eLabFTW, client_max_body_size of a proxy before it), "
        + "then run the export again: the entry is completed.";

    /// <summary>Corrects the general mapping.</summary>
    public ExportFault Refine(HttpAnswer answer, ExportFault fault) => answer.Status switch
    {
        HttpStatusCode.BadRequest when Says(answer, "read-only key") => ReadOnlyKey(fault.Message),

        // PHP drops a file over its limit and goes on without it; eLabFTW then finds none in the form.
        HttpStatusCode.BadRequest when IsUpload(answer) && Says(answer, "Error reading file") =>
            new(ExportErrorCode.ContentTooLarge, fault.Message) { RecommendedAction = RaiseTheLimits },
        HttpStatusCode.RequestEntityTooLarge => fault with { RecommendedAction = RaiseTheLimits },
        HttpStatusCode.NotFound when answer.IsHtml => fault with
        {
            Message = $"{fault.Message.TrimEnd('.')}: the server has no such address.",
            RecommendedAction = "Check that the destination's url is the address of the eLabFTW instance itself.",
        },

        // {"message": "Unexpected error", "description": the reason}.
        HttpStatusCode.InternalServerError when Description(answer) is { } reason => fault with
        {
            Message = $"{fault.Message.TrimEnd('.')}: {redaction.Apply(reason).TrimEnd('.')}.",
        },
        _ => fault,
    };

    /// <summary>The fault of a key that may only read.</summary>
    public static ExportFault ReadOnlyKey(string message) => new(ExportErrorCode.PermissionDenied, message)
    {
        RecommendedAction = "Make an API key with read/write permission in eLabFTW, and set api_key to it.",
    };

    private static bool IsUpload(HttpAnswer answer) => answer.Call.Path.EndsWith("/uploads", StringComparison.Ordinal);

    private static bool Says(HttpAnswer answer, string words) =>
        ServerMessage.Read(answer)?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;

    private static string? Description(HttpAnswer answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("description", out var text)
                && text.ValueKind == JsonValueKind.String
                && text.GetString() is { Length: > 0 and <= ServerMessage.MaxLength } description
                    ? description
                    : null;
        }
        catch (JsonException)
        {
            // Pages and empty bodies are answers too, and have no description.
            return null;
        }
    }
}
