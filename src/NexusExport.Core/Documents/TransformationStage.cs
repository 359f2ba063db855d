using NexusExport.Records;

namespace NexusExport.Documents;

/// <summary>Stage 2: makes the document to publish. Records are published as they are, byte for byte.</summary>
internal static class TransformationStage
{
    /// <summary>Throws EMPTY_CONTENT if there is nothing to publish.</summary>
    public static ExportDocument Execute(AssembledContent assembled)
    {
        var record = assembled.Record;
        if (BlankContent.IsBlank(assembled.Bytes.Span))
        {
            throw new ExportException(RecordFaults.Empty(record.Path ?? assembled.FileName));
        }

        var metadata = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["title"] = record.Title,
            ["session_id"] = record.SessionIdentifier,
            ["instrument"] = record.InstrumentPid,
            ["user"] = record.User,
            ["char_count"] = assembled.Statistics.CharCount,
            ["token_count"] = assembled.Statistics.TokenCount,
        };
        foreach (var (name, value) in record.Metadata)
        {
            metadata[name] = value;
        }

        var content = new FormattedContent(assembled.Bytes, record.MediaType, assembled.Encoding) { CharCount = assembled.Statistics.CharCount };
        return new()
        {
            SessionIdentifier = record.SessionIdentifier,
            FileName = assembled.FileName,
            Content = content,
            Title = record.Title,
            Metadata = metadata,
            Record = record,
        };
    }
}
