using NexusExport.Configuration;
using NexusExport.Fakes;
using NexusExport.Fakes.Cdcs;
using NexusExport.Fakes.ElabFtw;
using NexusExport.Fakes.LabArchives;
using NexusExport.Publishing;
using NexusExport.Records;
using NexusExport.Routing;
using NexusExport.Tests.Destinations.LabArchives;

namespace NexusExport.Tests;

/// <summary>CDCS and both notebooks in one run, configured by a NexusLIMS lab's .env alone: the notebooks link to CDCS where it has the record.</summary>
public sealed class NotebookLinkTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _lab = new();
    private readonly HurriedTimeProvider _time = new();
    private FakeCdcs _cdcs = null!;
    private FakeElabFtw _elab = null!;
    private FakeLabArchives _eln = null!;

    public async Task InitializeAsync()
    {
        _cdcs = await FakeCdcs.StartAsync(new FakeCdcsOptions());
        _elab = await FakeElabFtw.StartAsync();
        _eln = await FakeLabArchives.StartAsync(new FakeLabArchivesOptions { Time = _time });
        _lab.Write(".env", $"""
            NX_CDCS_URL={_cdcs.BaseUrl}
            NX_CDCS_TOKEN={_cdcs.Token}
            NX_ELABFTW_URL={_elab.BaseUrl}
            NX_ELABFTW_API_KEY={_elab.Key}
            NX_LABARCHIVES_URL={_eln.BaseUrl}
            NX_LABARCHIVES_ACCESS_KEY_ID={_eln.Options.AccessKeyId}
            NX_LABARCHIVES_ACCESS_PASSWORD='{_eln.Options.AccessPassword}'
            NX_LABARCHIVES_USER_ID="{_eln.Options.UserId}"
            NX_LABARCHIVES_NOTEBOOK_ID={_eln.Options.NotebookId}
            NX_EXPORT_STRATEGY=best_effort
            """);
        _lab.Write(
            "records/2026-01-23_FEI-Titan-TEM_31.xml",
            """<Experiment xmlns="https://data.nist.gov/od/dm/nexus/experiment/v1.0"><title>Grains</title><summary/></Experiment>""");
    }

    public async Task DisposeAsync()
    {
        await _cdcs.DisposeAsync();
        await _elab.DisposeAsync();
        await _eln.DisposeAsync();
    }

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Export_ToAllThree_BothNotebooksLinkToTheCdcsRecord()
    {
        var (results, finished) = await ExportAsync();

        Assert.Equal("cdcs labarchives elabftw", string.Join(' ', results.Select(result => result.DestinationName)));
        Assert.All(results, result => Assert.Equal(ExportStatus.Exported, result.Status));
        Assert.True(finished.Success);
        Assert.Contains(results[0].RecordUrl!, Assert.Single(_eln.Texts).Text, StringComparison.Ordinal);
        Assert.Equal(results[0].RecordUrl, Assert.Single(_elab.Entries).ExtraField("CDCS Record"));
        Assert.Equal(true, results[1].Metadata["included_cdcs_link"]);
    }

    [Fact]
    public async Task Export_CdcsRefuses_TheLinksAreLeftOutAndTheRecordSucceeds()
    {
        // The search that the first run learns by is refused, too: its path begins the same.
        _cdcs.Add(new FakeFault { Method = "POST", Path = "/rest/data/", Status = 500, Body = """{"message": "disk full"}""", Count = 2 });

        var (results, finished) = await ExportAsync();

        Assert.Equal("Failed Exported Exported", string.Join(' ', results.Select(result => result.Status)));
        Assert.True(finished.Success);
        Assert.DoesNotContain("cdcs-reference", Assert.Single(_eln.Texts).Text, StringComparison.Ordinal);
        Assert.Null(Assert.Single(_elab.Entries).ExtraField("CDCS Record"));
        Assert.Equal(false, results[1].Metadata["included_cdcs_link"]);
    }

    private async Task<(List<ExportResult> Results, RecordFinished Finished)> ExportAsync()
    {
        await using var engine = ExportEngine.Open(new EngineOptions
        {
            Environment = new HostEnvironment(_lab.Path, new Dictionary<string, string>(StringComparer.Ordinal), _lab["none/user"], _lab["none/machine"]),
            Time = _time,
        });
        var results = new List<ExportResult>();
        RecordFinished? finished = null;
        await foreach (var happened in engine.Exports.RunAsync(Items(engine), engine.Exports.Plan(new ExportRequest()), CancellationToken.None))
        {
            if (happened is ResultReady ready)
            {
                results.Add(ready.Result);
            }

            finished = happened as RecordFinished ?? finished;
        }

        return (results, finished!);
    }

    private async IAsyncEnumerable<ExportItem> Items(ExportEngine engine)
    {
        await foreach (var reading in engine.Records.ReadAsync(new RecordQuery { Paths = [_lab["records"]] }, CancellationToken.None))
        {
            yield return new ExportItem(reading.Record!);
        }
    }
}
