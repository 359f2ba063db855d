using NexusExport.Publishing;
using NexusExport.Records;

namespace NexusExport.Tests;

/// <summary>Which files move to the uploaded folder in a whole run, and which never do.</summary>
public sealed class MovingTests : IDisposable
{
    private readonly FolderLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Export_ARecordThatSucceeds_Moves()
    {
        _lab.Write("records/a_1.xml", "A");

        Assert.Equal(["a_1.xml local Exported"], await _lab.ResultsAsync());
        Assert.Equal((0, 1), (_lab.Files("records").Count, _lab.Files("uploaded").Count));
    }

    [Fact]
    public async Task Export_ARecordThatFails_StaysWhereItIs()
    {
        _lab.Write("records/a_1.xml", "A");
        File.WriteAllText(_lab["archive"], "a file where the archive should be");

        Assert.Equal(["a_1.xml local STORAGE_FAILED"], await _lab.ResultsAsync());
        Assert.Equal(["a_1.xml=A"], _lab.Files("records"));
        Assert.Empty(_lab.Files("uploaded"));
    }

    [Theory]
    [InlineData("all", "records")]
    [InlineData("best_effort", "uploaded")]
    [InlineData("first_success", "uploaded")]
    public async Task Export_OneOfTwoDestinationsFails_MovesWhereTheStrategyIsSatisfied(string strategy, string folder)
    {
        _lab.Configure($$"""
            records: { path: records, uploaded: uploaded }
            export: { strategy: {{strategy}} }
            destinations:
              blocked: { type: local, base_path: blocked, priority: 60 }
              local: { base_path: archive, priority: 50 }
            """);
        File.WriteAllText(_lab["blocked"], "a file where the archive should be");
        _lab.Write("records/a_1.xml", "A");

        Assert.Equal(["a_1.xml blocked STORAGE_FAILED", "a_1.xml local Exported"], await _lab.ResultsAsync());
        Assert.Equal(["a_1.xml=A"], _lab.Files(folder));
        Assert.Equal(1, _lab.Files("records").Count + _lab.Files("uploaded").Count);
    }

    [Theory]
    [InlineData("records: { path: records }\n")]
    [InlineData("")]
    public async Task Export_NoUploadedFolderConfigured_MovesNothing(string records)
    {
        _lab.Configure(records + "destinations: { local: { base_path: archive } }\n");
        _lab.Write("records/a_1.xml", "A");

        await _lab.RunAsync(new RecordQuery { Paths = [_lab["records"]] });

        Assert.Equal(["a_1.xml=A"], _lab.Files("records"));
        Assert.Equal(["a_1.xml=A"], _lab.Files("archive"));
        Assert.False(Directory.Exists(_lab["records/uploaded"]));
    }

    [Fact]
    public async Task Export_TheUploadedFolderIsOnlyTheDefaultAndThereIsNoNexusLimsDatabase_MovesNothing()
    {
        _lab.Configure("destinations: { local: { base_path: archive } }\n");
        File.WriteAllText(_lab[".env"], "NX_RECORDS_PATH=records\n");
        _lab.Write("records/a_1.xml", "A");

        var finished = (await _lab.RunAsync()).OfType<RecordFinished>().Single();

        Assert.True(finished.Success);
        Assert.Null(finished.MovedTo);
        Assert.Equal(["a_1.xml=A"], _lab.Files("records"));
    }

    [Fact]
    public async Task Export_AFileOfAnotherFolder_StaysThere()
    {
        _lab.Write("elsewhere/a_1.xml", "A");

        await _lab.RunAsync(new RecordQuery { Paths = [_lab["elsewhere"]] });

        Assert.Equal(["a_1.xml=A"], _lab.Files("elsewhere"));
    }
}
