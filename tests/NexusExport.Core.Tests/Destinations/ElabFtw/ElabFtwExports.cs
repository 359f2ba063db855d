using System.Text;

namespace NexusExport.Tests.Destinations.ElabFtw;

/// <summary>Exports whose entries have something to show.</summary>
internal static class ElabFtwExports
{
    public const string Xml =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Experiment xmlns="https://data.nist.gov/od/dm/nexus/experiment/v1.0">
          <title>Looking at μm-sized things</title>
          <sample id="s1"><name>Grid &lt;b&gt;A&lt;/b&gt;</name><description>Copper
             grid</description></sample>
          <sample id="s2"/>
          <acquisitionActivity seqno="0">
            <dataset type="Image"><name>a</name></dataset>
            <dataset type="Spectrum"><name>b</name></dataset>
          </acquisitionActivity>
          <acquisitionActivity seqno="1">
            <dataset type="Image"><name>c</name></dataset>
          </acquisitionActivity>
        </Experiment>
        """;

    private static readonly LabRecord Record = new()
    {
        SessionIdentifier = "https://nemo.example/api/usage_events/?id=31",
        InstrumentPid = "Nautilus-SEM",
        InstrumentName = "Nautilus SEM",
        User = "Ned Land",
        Title = "<script>alert(1)</script> & so on",
        From = new DateTimeOffset(2026, 1, 12, 9, 0, 0, TimeSpan.FromHours(1)),
        To = new DateTimeOffset(2026, 1, 12, 11, 30, 0, TimeSpan.FromHours(1)),
    };

    public static ExportContext Rich(params ExportResult[] previous) => new()
    {
        Document = TestExports.Document(Record, new(Encoding.UTF8.GetBytes(Xml)), "2026-01-12_Nautilus-SEM_31.xml"),
        PreviousResults = previous.ToDictionary(result => result.DestinationName, StringComparer.OrdinalIgnoreCase),
    };

    public static ExportResult Cdcs(ExportStatus status, string? url = "https://cdcs.example/data?id=7&x=1", string name = "cdcs") => new()
    {
        SessionIdentifier = "31",
        DestinationName = name,
        Status = status,
        RecordUrl = url,
        Timestamp = DateTimeOffset.UnixEpoch,
    };
}
