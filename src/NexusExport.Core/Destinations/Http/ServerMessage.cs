using System.Text;
using System.Text.Json;

namespace NexusExport.Destinations.Http;

/// <summary>The sentence that a server gives with a refusal, fit to be shown on one line.</summary>
internal static class ServerMessage
{
    /// <summary>Longest message that is passed on, in characters.</summary>
    public const int MaxLength = 500;

    // What is looked at before it is cut: a secret that it ends in the middle of would no longer be recognised.
    private const int MaxRead = 16 * 1024;

    private static readonly string[] TextFields = ["message", "detail", "description", "error"];

    /// <summary>The message of a JSON or plain-text answer; null for a page, an empty body or anything unreadable.</summary>
    public static string? Read(HttpAnswer answer) => ReadWhole(answer) is { } message ? Cut(message) : null;

    /// <summary>The same before it is cut, to have secrets taken out of it first.</summary>
    public static string? ReadWhole(HttpAnswer answer)
    {
        if (answer.Body.IsEmpty || answer.IsHtml)
        {
            return null;
        }

        using var document = ParseJson(answer);
        if (document is null)
        {
            return answer.MediaType is "application/json" ? null : Neat(Encoding.UTF8.GetString(answer.Body.Span));
        }

        return Neat(Flatten(Principal(document.RootElement)));
    }

    /// <summary>The answer's JSON object if it has one of the usual message fields: then it is the application that speaks, not a proxy.</summary>
    public static bool IsFromApplication(HttpAnswer answer)
    {
        using var document = ParseJson(answer);
        return document?.RootElement is { ValueKind: JsonValueKind.Object } root
            && TextFields.Any(field => root.TryGetProperty(field, out _));
    }

    /// <summary>What the answer says about one field ({"message": {field: […]}} or {field: […]}); null where it does not name the field.</summary>
    public static string? AboutField(HttpAnswer answer, string field)
    {
        using var document = ParseJson(answer);
        return document is not null && Principal(document.RootElement) is { ValueKind: JsonValueKind.Object } fields
            && fields.TryGetProperty(field, out var complaint)
                ? Tidy(Flatten(complaint))
                : null;
    }

    /// <summary>A server's text on one line, without control characters, cut at <see cref="MaxLength"/>; null where nothing is left.</summary>
    public static string? Tidy(string text) => Neat(text) is { } neat ? Cut(neat) : null;

    /// <summary>A server's text on one line, without control characters; null where nothing is left.</summary>
    public static string? Neat(string text)
    {
        var words = string.Join(' ', text[..Math.Min(text.Length, MaxRead)].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var shown = string.Concat(words.Where(character => !char.IsControl(character)));
        return shown.Length == 0 ? null : shown;
    }

    /// <summary>A text cut at <see cref="MaxLength"/>.</summary>
    public static string Cut(string text)
    {
        if (text.Length <= MaxLength)
        {
            return text;
        }

        // A cut between the halves of a surrogate pair would leave half a character.
        return text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)] + "…";
    }

    private static JsonDocument? ParseJson(HttpAnswer answer)
    {
        try
        {
            return answer.Body.IsEmpty || answer.IsHtml ? null : JsonDocument.Parse(answer.Json);
        }
        catch (JsonException)
        {
            // Not JSON is an answer too: the caller falls back to the plain text.
            return null;
        }
    }

    private static JsonElement Principal(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object)
        {
            foreach (var field in TextFields)
            {
                if (root.TryGetProperty(field, out var value) && value.ValueKind is not JsonValueKind.Null)
                {
                    // Google wraps the whole story: {"error": {"code": …, "message": …, "errors": […]}}.
                    return field is "error" ? Principal(value) : value;
                }
            }
        }

        return root;
    }

    private static string Flatten(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Array => string.Join(' ', element.EnumerateArray().Select(Flatten)),
        JsonValueKind.Object => string.Join("; ", element.EnumerateObject().Select(field => $"{field.Name}: {Flatten(field.Value)}")),
        JsonValueKind.Null => string.Empty,
        _ => element.GetRawText(),
    };
}
