using System.Text.Json;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.GitHub;

/// <summary>
/// The reasons that GitHub gives: a message, and for "Validation Failed" the real ones in errors, each a string or an object
/// (https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed).
/// </summary>
internal static class GitHubRefusal
{
    /// <summary>Whether any of the reasons holds one of <paramref name="parts"/>.</summary>
    public static bool Says(HttpAnswer answer, params IReadOnlyList<string> parts) =>
        Reasons(answer).Any(reason => parts.Any(part => reason.Contains(part, StringComparison.OrdinalIgnoreCase)));

    /// <summary>What the answer says beyond its message, fit to be shown; empty where there is nothing.</summary>
    public static string Details(HttpAnswer answer) => ServerMessage.Neat(string.Join("; ", Read(answer, withMessage: false))) ?? string.Empty;

    /// <summary>The message and what is said beyond it.</summary>
    public static IReadOnlyList<string> Reasons(HttpAnswer answer) => Read(answer, withMessage: true);

    private static List<string> Read(HttpAnswer answer, bool withMessage)
    {
        if (answer.IsHtml || answer.Body.IsEmpty)
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(answer.Json);
            var message = withMessage ? JsonFields.Text(document.RootElement, "message") : null;
            return [.. JsonFields.Items(document.RootElement, "errors").Select(Reason).Prepend(message).OfType<string>()];
        }
        catch (JsonException)
        {
            // No JSON gives no reasons.
            return [];
        }
    }

    // A sentence, or which field is how: "head invalid".
    private static string? Reason(JsonElement error)
    {
        if (error.ValueKind == JsonValueKind.String)
        {
            return JsonFields.Text(error);
        }

        var code = JsonFields.Text(error, "code");
        return JsonFields.Text(error, "message") ?? (JsonFields.Text(error, "field") is { } field ? $"{field} {code}" : code);
    }
}
