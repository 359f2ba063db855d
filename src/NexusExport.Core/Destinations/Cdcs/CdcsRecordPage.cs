using System.Text.Json;

namespace NexusExport.Destinations.Cdcs;

/// <summary>One page of a list of records: {count, next, previous, results}, or the bare array of very old versions.</summary>
internal sealed record CdcsRecordPage(IReadOnlyList<CdcsEntry> Records, bool HasNext)
{
    /// <summary>Reads a page, with the content of its records if that is wanted. Throws JsonException for anything else.</summary>
    public static CdcsRecordPage Read(ReadOnlySpan<byte> json, bool withContent = true)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            return new(ReadRecords(ref reader, withContent), HasNext: false);
        }

        var page = new CdcsRecordPage([], HasNext: false);
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
            reader.Read();
            page = isNext ? page with { HasNext = reader.TokenType == JsonTokenType.String } : page;
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
