using System.Text.Encodings.Web;
using System.Text.Json;

namespace NexusExport.Destinations.Sql;

/// <summary>The record's facts as one JSON object, for the table's metadata column.</summary>
internal static class SqlMetadata
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// session_id, instrument, user, title, from, to, media_type, content_hash, and what else the context tells under its own names.
    /// What is unknown is left out.
    /// </summary>
    public static string Of(ExportContext context)
    {
        var document = context.Document;
        var facts = new Dictionary<string, object?>(document.Metadata, StringComparer.Ordinal)
        {
            ["session_id"] = document.SessionIdentifier,
            ["title"] = document.Title,
        };
        if (document.Record is { } record)
        {
            facts["instrument"] = record.InstrumentPid;
            facts["user"] = record.User;
            facts["from"] = record.From;
            facts["to"] = record.To;
        }

        facts["media_type"] = document.Content.MediaType;
        facts["content_hash"] = document.Content.ContentHash;
        return JsonSerializer.Serialize(
            facts.Where(fact => fact.Value is not null).ToDictionary(fact => fact.Key, fact => fact.Value, StringComparer.Ordinal),
            Options);
    }
}
