using System.Globalization;
using System.Text.Json;

namespace NexusExport.Destinations.Cdcs;

/// <summary>What CDCS tells of one of its records. Ids are numbers or strings there, and text here.</summary>
internal sealed record CdcsEntry(string Id)
{
    public string? Title { get; init; }
    public string? Workspace { get; init; }
    public string? UserId { get; init; }
    public string? Template { get; init; }
    public DateTimeOffset? Created { get; init; }
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>The XML; null where the answer has none or the reader did not ask for it.</summary>
    public string? Content { get; init; }

    /// <summary>Reads an answer that is one record, without decoding the XML that it echoes.</summary>
    public static CdcsEntry Read(ReadOnlySpan<byte> json) => Read(json, onlyHead: false);

    /// <summary>
    /// Reads the answer to a new record as far as its id and workspace: what comes then is the record's own XML, longer than everything else.
    /// </summary>
    public static CdcsEntry ReadHead(ReadOnlySpan<byte> json) => Read(json, onlyHead: true);

    /// <summary>Reads one record from the reader's current object. Throws JsonException where it has no id.</summary>
    public static CdcsEntry Read(ref Utf8JsonReader reader, bool withContent, bool onlyHead = false)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("a record is not an object");
        }

        var record = new CdcsEntry(string.Empty);
        var hasWorkspace = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id"u8);
            var isTitle = reader.ValueTextEquals("title"u8);
            var isWorkspace = reader.ValueTextEquals("workspace"u8);
            var isUser = reader.ValueTextEquals("user_id"u8);
            var isTemplate = reader.ValueTextEquals("template"u8);
            var isCreated = reader.ValueTextEquals("creation_date"u8);
            var isModified = reader.ValueTextEquals("last_modification_date"u8);
            var isContent = withContent && (reader.ValueTextEquals("xml_content"u8) || reader.ValueTextEquals("content"u8));
            hasWorkspace |= isWorkspace;
            reader.Read();
            record = record switch
            {
                _ when isId => record with { Id = CdcsJson.Scalar(ref reader) ?? string.Empty },
                _ when isTitle => record with { Title = CdcsJson.Scalar(ref reader) },
                _ when isWorkspace => record with { Workspace = CdcsJson.Scalar(ref reader) },
                _ when isUser => record with { UserId = CdcsJson.Scalar(ref reader) },
                _ when isTemplate => record with { Template = CdcsJson.Scalar(ref reader) },
                _ when isCreated => record with { Created = Time(CdcsJson.Scalar(ref reader)) },
                _ when isModified => record with { LastModified = Time(CdcsJson.Scalar(ref reader)) },
                _ when isContent => record with { Content = CdcsJson.Scalar(ref reader) ?? record.Content },
                _ => Skipped(ref reader, record),
            };
            if (onlyHead && hasWorkspace && record.Id.Length > 0)
            {
                return record;
            }
        }

        return record.Id.Length > 0 ? record : throw new JsonException("a record has no id");
    }

    private static CdcsEntry Read(ReadOnlySpan<byte> json, bool onlyHead)
    {
        var reader = CdcsJson.Reader(json);
        reader.Read();
        return Read(ref reader, withContent: false, onlyHead);
    }

    private static CdcsEntry Skipped(ref Utf8JsonReader reader, CdcsEntry record)
    {
        reader.Skip();
        return record;
    }

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
