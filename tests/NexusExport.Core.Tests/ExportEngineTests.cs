using NexusExport.Configuration;
using NexusExport.Diagnostics;
using NexusExport.Fakes;
using NexusExport.Fakes.Cdcs;
using NexusExport.Publishing;
using NexusExport.Records;
using NexusExport.Routing;
using NexusExport.Tests.Records;
using NexusExport.Tests.Store;

namespace NexusExport.Tests;

/// <summary>The whole product over loopback: a NexusLIMS lab's .env, its database, its records folder, and a CDCS server.</summary>
public sealed class ExportEngineTests : IAsyncLifetime, IDisposable
{
    private const string Session = "https://nemo.example/api/usage_events/?id=31";
    private readonly TempFolder _lab = new();
    private FakeCdcs _cdcs = null!;

    public async Task InitializeAsync() => _cdcs = await FakeCdcs.StartAsync(new FakeCdcsOptions());

    public async Task DisposeAsync() => await _cdcs.DisposeAsync();

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData("v1_4_3")]
    [InlineData("v2_4_0b")]
    [InlineData("v2_5_0b")]
    public async Task Export_ALabsEnvironment_CompletesTheSessionAndMovesTheFile(string generation)
    {
        Furnish(generation);

        var (results, finished) = await ExportAsync();

        Assert.Equal(ExportStatus.Exported, Assert.Single(results).Status);
        Assert.Equal(Session, results[0].SessionIdentifier);
        Assert.Equal(_lab["data/records/uploaded/2026-01-23_FEI-Titan-TEM_31.xml"], Assert.Single(finished).MovedTo);
        Assert.Equal(["COMPLETED", "COMPLETED"], Statuses());
    }

    [Theory]
    [InlineData("v1_4_3")]
    [InlineData("v2_5_0b")]
    public async Task Export_ADestinationThatRefuses_LeavesBuiltNotExportedAndThePlainReRunCompletes(string generation)
    {
        Furnish(generation);
        // The search that the first run learns by is refused, too: its path begins the same.
        _cdcs.Add(new FakeFault { Method = "POST", Path = "/rest/data/", Status = 500, Body = """{"message": "disk full"}""", Count = 2 });

        var (failed, unfinished) = await ExportAsync();
        var afterFailure = Statuses();
        var (results, _) = await ExportAsync();

        Assert.Equal(ExportErrorCode.ServerError, Assert.Single(failed).ErrorCode);
        Assert.False(Assert.Single(unfinished).Success);
        Assert.Equal(["BUILT_NOT_EXPORTED", "BUILT_NOT_EXPORTED"], afterFailure);
        Assert.Equal(ExportStatus.Exported, Assert.Single(results).Status);
        Assert.Equal(["COMPLETED", "COMPLETED"], Statuses());
        Assert.Single(_cdcs.Records);
    }

    [Fact]
    public async Task Export_RecordsThatNexusLimsHasUploaded_AreFoundAndNotSentAgain()
    {
        Furnish("v2_5_0b");
        await ExportAsync();
        NexusLimsDatabase.Run(Database, "DELETE FROM upload_log; DROP TABLE export_jobs; DROP TABLE export_destinations; DROP TABLE nexusexport_version;");

        var (results, _) = await ExportAsync();

        Assert.Equal(ExportStatus.AlreadyExported, Assert.Single(results).Status);
        Assert.Single(_cdcs.Records);
    }

    [Fact]
    public async Task Export_AnOldCheckThatRefusesTheStatus_SendsNothingAndSaysWhatToDo()
    {
        Furnish("NIST 1.4.1");

        var exception = await Assert.ThrowsAsync<ExportException>(ExportAsync);

        Assert.Equal(ExportErrorCode.DatabaseUpgradeRequired, exception.Fault.Code);
        Assert.Empty(_cdcs.Records);
    }

    [Fact]
    public async Task Preview_BeforeAnyExport_MakesNoCallAndNoFile()
    {
        Furnish("v2_5_0b");
        var before = Directory.GetFiles(_lab.Path, "*", SearchOption.AllDirectories);
        await using var engine = Open();
        var plan = engine.Exports.Plan(new ExportRequest());
        await foreach (var reading in engine.Records.ReadAsync(new RecordQuery(), CancellationToken.None))
        {
            var preview = Assert.Single(await engine.Exports.PreviewAsync(reading.Record!, plan, CancellationToken.None));
            Assert.StartsWith("Export 2026-01-23_FEI-Titan-TEM_31.xml", preview.Summary, StringComparison.Ordinal);
        }

        Assert.Equal(before, Directory.GetFiles(_lab.Path, "*", SearchOption.AllDirectories));
        Assert.Equal(0, _cdcs.RequestCount);
    }

    [Fact]
    public async Task Preview_RecordWithoutASessionIdentifier_IsRefused()
    {
        Furnish("v2_5_0b");
        await using var engine = Open();
        var record = new LabRecord { SessionIdentifier = null!, Path = Directory.GetFiles(_lab.Path, "*.xml", SearchOption.AllDirectories)[0] };

        var preview = Assert.Single(await engine.Exports.PreviewAsync(record, engine.Exports.Plan(new ExportRequest()), CancellationToken.None));

        Assert.False(preview.ValidationPassed);
        Assert.StartsWith("Refuse ", preview.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("COMPLETED", null, true)]
    [InlineData(null, "nobody", true)]
    [InlineData(null, null, false)]
    public async Task ReadRecords_FilterThatOnlyADatabaseCanAnswer_SaysOnceThatThereIsNone(string? status, string? user, bool warns)
    {
        _lab.Write("records/2026-01-23_FEI-Titan-TEM_31.xml", RecordXml.Minimal);
        var warnings = new List<string>();
        await using var engine = ExportEngine.Open(new EngineOptions
        {
            Environment = new(_lab.Path, new Dictionary<string, string>(StringComparer.Ordinal), _lab["user"], _lab["machine"]),
            Log = new WarningList(warnings),
        });
        var query = new RecordQuery
        {
            Paths = [_lab["records"]],
            Status = status is null ? [] : [status],
            User = user is null ? [] : [user],
            SessionIdentifier = warns ? [] : ["none"],
        };

        for (var i = 0; i < 2; i++)
        {
            await foreach (var reading in engine.Records.ReadAsync(query, CancellationToken.None))
            {
                Assert.Fail($"{reading.Path} came.");
            }
        }

        Assert.Equal(warns ? 1 : 0, warnings.Count);
        Assert.All(warnings, warning => Assert.Contains(status is null ? "-User" : "-Status", warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ReadRecords_NotExportedTo_GivesWhatIsMissingThere()
    {
        Furnish("v2_5_0b");
        await ExportAsync();
        WriteRecord("32");
        await using var engine = Open();

        var missing = new List<string>();
        await foreach (var reading in engine.Records.ReadAsync(new RecordQuery { NotExportedTo = ["cdcs"] }, CancellationToken.None))
        {
            missing.Add(reading.Record!.SessionIdentifier);
        }

        Assert.Equal("32", Assert.Single(missing));
    }

    private string Database => _lab["nexuslims.db"];

    private void Furnish(string generation)
    {
        NexusLimsDatabase.Make(_lab, generation);
        NexusLimsDatabase.AddSession(Database, Session, "2026-01-23T10:00:00-07:00", "2026-01-23T12:00:00-07:00");
        _lab.Write(".env", $"NX_DATA_PATH=data\nNX_DB_PATH=nexuslims.db\nNX_CDCS_URL={_cdcs.BaseUrl}\nNX_CDCS_TOKEN={_cdcs.Token}\nNX_EXPORT_STRATEGY=all\n");
        WriteRecord("31");
    }

    private void WriteRecord(string suffix) => _lab.Write(
        $"data/records/2026-01-23_FEI-Titan-TEM_{suffix}.xml",
        """<Experiment xmlns="https://data.nist.gov/od/dm/nexus/experiment/v1.0"><title>Grains</title><summary/></Experiment>""");

    private ExportEngine Open() => ExportEngine.Open(new EngineOptions
    {
        Environment = new HostEnvironment(_lab.Path, new Dictionary<string, string>(StringComparer.Ordinal), _lab["none/user"], _lab["none/machine"]),
    });

    private async Task<(List<ExportResult> Results, List<RecordFinished> Finished)> ExportAsync()
    {
        await using var engine = Open();
        var results = new List<ExportResult>();
        var finished = new List<RecordFinished>();
        await foreach (var happened in engine.Exports.RunAsync(Items(engine), engine.Exports.Plan(new ExportRequest()), CancellationToken.None))
        {
            switch (happened)
            {
                case ResultReady ready:
                    results.Add(ready.Result);
                    break;
                case RecordFinished done:
                    finished.Add(done);
                    break;
            }
        }

        return (results, finished);
    }

    private static async IAsyncEnumerable<ExportItem> Items(ExportEngine engine)
    {
        await foreach (var reading in engine.Records.ReadAsync(new RecordQuery(), CancellationToken.None))
        {
            yield return new ExportItem(reading.Record!);
        }
    }

    private IReadOnlyList<string> Statuses() =>
        NexusLimsDatabase.Query<string>(Database, "SELECT record_status FROM session_log ORDER BY id_session_log");

    private sealed class WarningList(List<string> warnings) : ILogSink
    {
        public void Write(LogEntry entry)
        {
            if (entry.Severity == LogSeverity.Warning)
            {
                warnings.Add(entry.Message);
            }
        }
    }
}
