using NexusExport.Configuration;
using NexusExport.Fakes.GitHub;
using NexusExport.Publishing;
using NexusExport.Records;
using NexusExport.Routing;

namespace NexusExport.Tests.Destinations.GitHub;

/// <summary>Whole runs over a record that is rebuilt, and rebuilt as it was before.</summary>
public sealed class GitHubReplacementTests : IDisposable
{
    private readonly TempFolder _lab = new();
    private readonly FakeTimeProvider _time = new() { AutoAdvanceLimit = TimeSpan.FromMinutes(30) };

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData("commit", "update", 1)]
    [InlineData("commit", "unique", 2)]
    [InlineData("pull_request", "unique", 1)]
    [InlineData("pull_request", "update", 1)]
    public async Task Export_OfAContentThatCameBack_IsWhatIsThereAtTheEnd(string mode, string onExisting, int kept)
    {
        await using var hub = await FakeGitHub.StartAsync();
        _lab.Write(
            "nexus-export.yaml",
            $$"""
            database: { path: log.db }
            records: { path: records }
            export: { pipeline: { default_timeout_ms: 3600000 } }
            destinations:
              hub: { type: github, repository: lab/records, token: env:TOKEN, api_url: "{{hub.BaseUrl}}", mode: {{mode}}, on_existing: {{onExisting}} }
            """);

        foreach (var content in new[] { "A", "B", "A", "A" })
        {
            var path = _lab.Write(
                "records/2026-01-23_FEI-Titan-TEM_1.xml",
                $"""<Experiment xmlns="https://data.nist.gov/od/dm/nexus/experiment/v1.0"><id>{content}</id><summary/></Experiment>""");
            var result = await ExportAsync();
            Assert.True(result.Success, $"{result.ErrorCode} {result.ErrorMessage}");
            Assert.Contains(content, string.Concat(Stored(hub)), StringComparison.Ordinal);
            File.Delete(path);
        }

        var stored = Stored(hub);
        Assert.Equal(kept, stored.Count);
        Assert.Contains(stored, text => text.Contains("<id>A</id>", StringComparison.Ordinal));
    }

    private static List<string> Stored(FakeGitHub hub) =>
    [
        .. hub.Files().Values
            .Concat(hub.Pulls.Where(pull => pull.IsOpen).SelectMany(pull => hub.Files(pull.Head).Values))
            .Select(System.Text.Encoding.UTF8.GetString),
    ];

    private async Task<ExportResult> ExportAsync()
    {
        await using var engine = ExportEngine.Open(new EngineOptions
        {
            Environment = new HostEnvironment(
                _lab.Path, new Dictionary<string, string>(StringComparer.Ordinal) { ["TOKEN"] = new FakeGitHubOptions().Token }, _lab["none/user"], _lab["none/machine"]),
            Time = _time,
        });
        ExportResult? result = null;
        await foreach (var happened in engine.Exports.RunAsync(Items(engine), engine.Exports.Plan(new ExportRequest()), CancellationToken.None))
        {
            result = happened is ResultReady ready ? ready.Result : result;
        }

        return result!;
    }

    private static async IAsyncEnumerable<ExportItem> Items(ExportEngine engine)
    {
        await foreach (var reading in engine.Records.ReadAsync(new RecordQuery(), CancellationToken.None))
        {
            if (reading.Record is { Path: { } path } record && !path.Contains("uploaded", StringComparison.Ordinal))
            {
                yield return new ExportItem(record);
            }
        }
    }
}
