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
        var record = context.Record;
        var facts = new Dictionary<string, object?>(context.Metadata, StringComparer.Ordinal)
        {
            ["session_id"] = record.SessionIdentifier,
            ["instrument"] = record.InstrumentPid,
            ["user"] = record.User,
            ["title"] = record.Title,
            ["from"] = record.From,
            ["to"] = record.To,
            ["media_type"] = context.Content.MediaType,
            ["content_hash"] = context.Content.ContentHash,
        };
        return JsonSerializer.Serialize(
            facts.Where(fact => fact.Value is not null).ToDictionary(fact => fact.Key, fact => fact.Value, StringComparer.Ordinal),
            Options);
    }
}
