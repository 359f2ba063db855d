using System.Text.Json;

namespace NexusExport.Destinations.Cdcs;

/// <summary>One page of a list of records: {count, next, previous, results}, or the bare array of very old versions.</summary>
/// <param name="Records">The records, in the server's order.</param>
/// <param name="HasNext">Whether the server says that there is another page.</param>
/// <param name="Count">How many records the whole list has; null where the server does not tell.</param>
internal sealed record CdcsRecordPage(IReadOnlyList<CdcsEntry> Records, bool HasNext, long? Count = null)
{
    /// <summary>The page after the last one, which some servers announce.</summary>
    public static CdcsRecordPage End { get; } = new([], HasNext: false);

    /// <summary>Reads a page, with the content of its records if that is wanted. Throws JsonException for anything else.</summary>
    public static CdcsRecordPage Read(ReadOnlySpan<byte> json, bool withContent = true)
    {
        var reader = CdcsJson.Reader(json);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            return new(ReadRecords(ref reader, withContent), HasNext: false);
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("a list of records is neither an object nor an array");
        }

        var page = End;
        var hasResults = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("results"u8))
            {
                reader.Read();
                page = page with { Records = ReadRecords(ref reader, withContent) };
                hasResults = true;
                continue;
            }

            var isNext = reader.ValueTextEquals("next"u8);
            var isCount = reader.ValueTextEquals("count"u8);
            reader.Read();
            page = isNext ? page with { HasNext = reader.TokenType == JsonTokenType.String }
                : isCount ? page with { Count = CdcsJson.Number(ref reader) }
                : page;
            reader.Skip();
        }

        return hasResults ? page : throw new JsonException("a list of records has no results");
    }

    private static List<CdcsEntry> ReadRecords(ref Utf8JsonReader reader, bool withContent)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("a list of records is not an array");
        }

        var records = new List<CdcsEntry>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            records.Add(CdcsEntry.Read(ref reader, withContent));
        }

        return records;
    }
}
