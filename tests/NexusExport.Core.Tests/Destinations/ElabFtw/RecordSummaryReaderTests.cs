using System.Text;
using NexusExport.Destinations.ElabFtw;

namespace NexusExport.Tests.Destinations.ElabFtw;

public sealed class RecordSummaryReaderTests
{
    private const string Open = "<Experiment xmlns=\"https://data.nist.gov/od/dm/nexus/experiment/v1.0\">";

    [Fact]
    public void Read_OfARecord_CountsByType()
    {
        var summary = Read(ElabFtwExports.Xml);

        Assert.Equal((2, 2, 3), (summary!.SampleCount, summary.ActivityCount, summary.DatasetCount));
        Assert.Equal(["Image 2", "Spectrum 1"], summary.DatasetsByType.Select(type => $"{type.Key} {type.Value}"));
        Assert.Equal([new("Grid <b>A</b>", "Copper grid"), new("s2", null)], summary.Samples);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<Experiment>")]
    [InlineData("<Other/>")]
    [InlineData(Open)]
    [InlineData("<!DOCTYPE Experiment [<!ENTITY x \"y\">]>" + Open + "</Experiment>")]
    public void Read_OfAnythingThatIsNoRecord_GivesNothing(string text) => Assert.Null(Read(text));

    [Fact]
    public void Read_ManySamplesAndTypes_KeepsTheListsShortAndTheCountsRight()
    {
        var samples = string.Concat(Enumerable.Range(0, 80).Select(number => $"<sample><name>{number}{TestExports.LongText(1000)}</name></sample>"));
        var datasets = string.Concat(Enumerable.Range(0, 40).Select(number => $"<dataset type=\"T{number:00}\"/>"));

        var summary = Read($"{Open}{samples}<acquisitionActivity>{datasets}</acquisitionActivity></Experiment>")!;

        Assert.Equal((80, RecordSummaryReader.MaxSamples), (summary.SampleCount, summary.Samples.Count));
        Assert.Equal((40, 21), (summary.DatasetCount, summary.DatasetsByType.Count));
        Assert.All(summary.Samples, sample => Assert.InRange(sample.Name.Length, 1, 301));
    }

    [Fact]
    [RequiresShared("fixtures/records/example_record.xml")]
    public void Read_OfARealRecord_FindsWhatItHolds()
    {
        var path = SharedFixtures.Find("records", "example_record.xml")!;
        var text = File.ReadAllText(path);

        var summary = RecordSummaryReader.Read(new FormattedContent(File.ReadAllBytes(path)))!;

        Assert.Equal("The name of the sample in this reservation", Assert.Single(summary.Samples).Name);
        Assert.Equal(text.Split("<acquisitionActivity").Length - 1, summary.ActivityCount);
        Assert.Equal(text.Split("<dataset ").Length - 1, summary.DatasetCount);
    }

    private static RecordSummary? Read(string text) => RecordSummaryReader.Read(new FormattedContent(Encoding.UTF8.GetBytes(text)));
}
