using System.Text.Json;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>Reads the metadata of an entry, which eLabFTW takes as an object and gives back as the text of one.</summary>
internal static class ElabFtwMetadata
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The extra fields that have a text, by name; none where it is no JSON, or JSON of another shape.</summary>
    public static IReadOnlyDictionary<string, string> ExtraFields(JsonElement metadata)
    {
        if (metadata.ValueKind == JsonValueKind.Object)
        {
            return Read(metadata);
        }

        if (ElabFtwJson.Text(metadata) is not { Length: > 0 } text)
        {
            return None;
        }

        try
        {
            using var parsed = JsonDocument.Parse(text);
            return Read(parsed.RootElement);
        }
        catch (JsonException)
        {
            // Other programs and people write metadata, too.
            return None;
        }
    }

    private static IReadOnlyDictionary<string, string> Read(JsonElement root)
    {
        if (ElabFtwJson.Field(root, "extra_fields") is not { ValueKind: JsonValueKind.Object } fields)
        {
            return None;
        }

        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in fields.EnumerateObject())
        {
            if (ElabFtwJson.Name(field) is { } name && ElabFtwJson.Text(field.Value, "value") is { } value)
            {
                read[name] = value;
            }
        }

        return read;
    }
}
