using System.Text;

namespace NexusExport.Tests.Destinations;

/// <summary>Exports to try destinations with.</summary>
internal static class TestExports
{
    public static ExportContext Context(string fileName = "2026-01-23_FEI-Titan-TEM_204.xml", string text = "Grüße", string? user = null, string session = "204") => new()
    {
        Record = new LabRecord { SessionIdentifier = session, User = user },
        Content = new FormattedContent(Xml(text)),
        FileName = fileName,
    };

    public static byte[] Xml(string text) => Encoding.UTF8.GetBytes(
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Experiment xmlns=\"https://data.nist.gov/od/dm/nexus/experiment/v1.0\"><title>{text} &amp; \"µ\"</title></Experiment>\n");

    /// <summary>A record of about this many bytes.</summary>
    public static string LongText(int length) => string.Concat(Enumerable.Repeat("0123456789", length / 10));
}
