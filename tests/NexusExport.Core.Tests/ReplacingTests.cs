using NexusExport.Publishing;
using NexusExport.Records;
using NexusExport.Routing;

namespace NexusExport.Tests;

/// <summary>Whole runs to an archive that keeps only the latest content of a record.</summary>
public sealed class ReplacingTests : IDisposable
{
    private readonly FolderLab _lab = new("records: { path: records }\ndestinations: { local: { base_path: archive, on_existing: overwrite } }\n");

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData("ABA")]
    [InlineData("ABAB")]
    [InlineData("ABCBACA")]
    public async Task Export_ContentsThatTakeTurns_LeavesTheLatestThere(string contents)
    {
        foreach (var content in contents.Select(character => character.ToString()))
        {
            _lab.Write("records/a_1.xml", content);

            Assert.Equal(["a_1.xml local Exported"], await _lab.ResultsAsync());
            Assert.Equal([$"a_1.xml={content}"], _lab.Files("archive"));
            Assert.Equal(["a_1.xml local AlreadyExported"], await _lab.ResultsAsync());
        }
    }

    [Fact]
    public async Task Export_ContentsThatTakeTurnsAndMove_LeavesTheLatestThereAndNoRunBringsBackAnOlderOne()
    {
        _lab.Configure("records: { path: records, uploaded: uploaded }\ndestinations: { local: { base_path: archive, on_existing: overwrite } }\n");
        foreach (var content in (string[])["A", "B", "A", "B"])
        {
            _lab.Write("records/a_1.xml", content);

            Assert.Contains("a_1.xml local Exported", await _lab.ResultsAsync());
            Assert.Equal([$"a_1.xml={content}"], _lab.Files("archive"));
            Assert.All(await _lab.ResultsAsync(), result => Assert.EndsWith("AlreadyExported", result, StringComparison.Ordinal));
            Assert.Equal([$"a_1.xml={content}"], _lab.Files("archive"));
        }
    }

    [Fact]
    public async Task Preview_OfAContentThatALaterOneReplaced_SaysThatItWouldBeSent()
    {
        foreach (var content in (string[])["A", "B", "A"])
        {
            _lab.Write("records/a_1.xml", content);
            await _lab.RunAsync();
        }

        _lab.Write("records/a_1.xml", "B");
        var missing = await _lab.ReadAsync(new() { NotExportedTo = ["local"] });
        await using var engine = _lab.Open();
        var preview = Assert.Single(await engine.Exports.PreviewAsync(missing.Single(), engine.Exports.Plan(new ExportRequest()), CancellationToken.None));

        Assert.False(preview.AlreadyExported);
    }

    [Fact]
    public async Task Export_TheArchiveHasTheContentAlready_FindsItAndSendsNothing()
    {
        _lab.Write("records/a_1.xml", "A");
        await _lab.RunAsync();
        _lab.Write("records/a_1.xml", "B");
        await _lab.RunAsync();
        _lab.Write("records/a_1.xml", "A");
        _lab.Write("archive/a_1.xml", "A");

        Assert.Equal(["a_1.xml local AlreadyExported"], await _lab.ResultsAsync());
    }

    [Fact]
    public async Task Export_TwoSessionsWhoseFilesHaveOneName_NeverClaimsWhatIsNoLongerThere()
    {
        _lab.Write("one/2026-01-01_T_1.xml", "A");
        _lab.Write("two/2026-01-01_T_1.xml", "B");
        await _lab.RunAsync(new RecordQuery { Paths = [_lab["one"]] });
        await _lab.RunAsync(new RecordQuery { Paths = [_lab["two"]] });

        Assert.Equal(["2026-01-01_T_1.xml local Exported"], await _lab.ResultsAsync(new RecordQuery { Paths = [_lab["one"]] }));
        Assert.Equal(["2026-01-01_T_1.xml=A"], _lab.Files("archive"));
    }
}
