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
        Reasons(answer, withMessage: true).Any(reason => parts.Any(part => reason.Contains(part, StringComparison.OrdinalIgnoreCase)));

    /// <summary>What the answer says beyond its message; empty where there is nothing.</summary>
    public static string Details(HttpAnswer answer) => string.Join("; ", Reasons(answer, withMessage: false));

    private static List<string> Reasons(HttpAnswer answer, bool withMessage)
    {
        var reasons = new List<string>();
        if (answer.IsHtml || answer.Body.IsEmpty)
        {
            return reasons;
        }

        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            if (withMessage)
            {
                Add(reasons, document.RootElement, "message");
            }

            if (document.RootElement.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array)
            {
                foreach (var error in errors.EnumerateArray())
                {
                    AddError(reasons, error);
                }
            }
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            // No JSON, or no object: then it gives no reasons.
            return reasons;
        }

        return reasons;
    }

    private static void AddError(List<string> reasons, JsonElement error)
    {
        if (error.ValueKind == JsonValueKind.String)
        {
            reasons.Add(error.GetString()!);
        }
        else if (!Add(reasons, error, "message"))
        {
            Add(reasons, error, "code");
        }
    }

    private static bool Add(List<string> reasons, JsonElement owner, string name)
    {
        if (!owner.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        reasons.Add(value.GetString()!);
        return true;
    }
}
