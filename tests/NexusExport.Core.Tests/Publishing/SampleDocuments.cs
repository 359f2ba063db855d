using System.Text;
using NexusExport.Documents;

namespace NexusExport.Tests.Publishing;

/// <summary>Brings content through the first two stages.</summary>
internal static class SampleDocuments
{
    public static ExportDocument From(string text, string mediaType = LabRecord.XmlMediaType) => From(Encoding.UTF8.GetBytes(text), mediaType);

    public static ExportDocument From(byte[] bytes, string mediaType = LabRecord.XmlMediaType)
    {
        var record = new LabRecord
        {
            SessionIdentifier = "31",
            Title = "A title",
            MediaType = mediaType,
            Metadata = new Dictionary<string, object?>(StringComparer.Ordinal) { ["motivation"] = "why", ["title"] = "the record's own" },
        };
        var encoding = ContentEncoding.Detect(bytes);
        return TransformationStage.Execute(new()
        {
            Record = record,
            Bytes = bytes,
            Encoding = encoding,
            FileName = "31.xml",
            Statistics = new(bytes.Length, encoding.GetCharCount(bytes)),
        });
    }
}
