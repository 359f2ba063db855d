using System.Text;

namespace NexusExport.Tests.Destinations;

/// <summary>Exports to try destinations with.</summary>
internal static class TestExports
{
    public static ExportContext Context(string fileName = "2026-01-23_FEI-Titan-TEM_204.xml", string text = "Grüße", string? user = null, string session = "204") => new()
    {
        Document = Document(new() { SessionIdentifier = session, User = user }, new(Xml(text)), fileName),
    };

    /// <summary>The document that the pipeline makes of a record.</summary>
    public static ExportDocument Document(LabRecord record, FormattedContent content, string fileName) => new()
    {
        SessionIdentifier = record.SessionIdentifier,
        FileName = fileName,
        Content = content,
        Title = record.Title,
        Record = record,
    };

    /// <summary>The same content and name, of another record.</summary>
    public static ExportContext With(this ExportContext context, LabRecord record) =>
        context with { Document = Document(record, context.Document.Content, context.Document.FileName) };

    /// <summary>The same record and name, with another content.</summary>
    public static ExportContext With(this ExportContext context, FormattedContent content) =>
        context with { Document = context.Document with { Content = content } };

    /// <summary>The same record, of another session.</summary>
    public static ExportContext OfSession(this ExportContext context, string identifier) =>
        context.With(context.Document.Record! with { SessionIdentifier = identifier });

    /// <summary>A document that was made of messages rather than of a record.</summary>
    public static ExportContext WithoutRecord() => new()
    {
        Document = new()
        {
            SessionIdentifier = "chat-17",
            FileName = "2026-01-23_chat-17.xml",
            Content = new(Xml("What the image shows")),
            Title = "What the image shows",
            Metadata = new Dictionary<string, object?>(StringComparer.Ordinal) { ["language"] = "de", ["user"] = null },
            Provenance = [new("m-1", "user", DateTimeOffset.UnixEpoch), new("m-2", "assistant", AgentId: "describer")],
        },
    };

    public static byte[] Xml(string text) => Encoding.UTF8.GetBytes(
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Experiment xmlns=\"https://data.nist.gov/od/dm/nexus/experiment/v1.0\"><title>{text} &amp; \"µ\"</title></Experiment>\n");

    /// <summary>A record of about this many bytes.</summary>
    public static string LongText(int length) => string.Concat(Enumerable.Repeat("0123456789", length / 10));
}
