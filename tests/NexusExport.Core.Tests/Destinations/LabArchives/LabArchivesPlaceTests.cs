using NexusExport.Destinations.LabArchives;

namespace NexusExport.Tests.Destinations.LabArchives;

public sealed class LabArchivesPlaceTests
{
    [Fact]
    public void Of_LateInTheLabsEvening_IsTheLabsDay()
    {
        var place = LabArchivesPlace.Of(DocumentOf(new LabRecord
        {
            SessionIdentifier = "204",
            InstrumentPid = "FEI-Titan-TEM",
            From = new DateTimeOffset(2026, 1, 23, 23, 0, 0, TimeSpan.FromHours(-7)),
        }));

        Assert.Equal(new LabArchivesPlace("FEI-Titan-TEM", "2026-01-23 — 204"), place);
    }

    [Fact]
    public void Of_RecordThatTellsLittle_StillHasAPlace() =>
        Assert.Equal(new LabArchivesPlace("Unknown instrument", "a b"), LabArchivesPlace.Of(DocumentOf(new LabRecord { SessionIdentifier = " a\r\n b" })));

    private static ExportDocument DocumentOf(LabRecord record) => TestExports.Document(record, new(TestExports.Xml("text")), "a.xml");
}
