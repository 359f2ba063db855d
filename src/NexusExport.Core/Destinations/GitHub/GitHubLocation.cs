using System.Text.Json;
using System.Text.Json.Serialization;

namespace NexusExport.Destinations.GitHub;

/// <summary>What undoing an export needs to know; kept in a receipt's Location as JSON.</summary>
/// <param name="Branch">Branch that holds the file.</param>
/// <param name="Path">Path in the repository.</param>
/// <param name="Blob">Git's id of the content.</param>
internal sealed record GitHubLocation(string Branch, string Path, string Blob)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The commit that brought the content; null while there is none.</summary>
    public string? Commit { get; init; }

    /// <summary>Branch that the pull request is to be merged into; null where the file was committed directly.</summary>
    public string? Base { get; init; }

    /// <summary>Number of the pull request; null where there is none (yet).</summary>
    public long? Pull { get; init; }

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static GitHubLocation? Parse(string? text)
    {
        try
        {
            var read = text is null ? null : JsonSerializer.Deserialize<GitHubLocation>(text, Json);
            return read is { Branch: not null, Path: not null, Blob: not null } ? read : null;
        }
        catch (JsonException)
        {
            // Somebody else's text: the caller says that it cannot undo.
            return null;
        }
    }

    public override string ToString() => JsonSerializer.Serialize(this, Json);
}
