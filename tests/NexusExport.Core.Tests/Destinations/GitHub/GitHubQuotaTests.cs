using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using NexusExport.Configuration;
using NexusExport.Destinations.GitHub;
using NexusExport.Diagnostics;
using NexusExport.Fakes;
using NexusExport.Fakes.GitHub;
using NexusExport.Publishing;
using NexusExport.Records;
using NexusExport.Resilience;
using NexusExport.Routing;
using NexusExport.Store;

namespace NexusExport.Tests.Destinations.GitHub;

/// <summary>Whole runs against a GitHub whose limits bite, with an archive behind it.</summary>
public sealed class GitHubQuotaTests : IDisposable
{
    private const int Records = 20;

    private readonly TempFolder _lab = new();
    private readonly ConcurrentQueue<string> _told = new();
    private readonly ConcurrentQueue<DateTimeOffset> _sent = new();
    private readonly TaskCompletionSource _paused = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Waits end at once; time-outs of calls, which are longer, do not.
    private readonly FakeTimeProvider _hurried = new() { AutoAdvanceLimit = TimeSpan.FromMinutes(30) };
    private readonly FakeTimeProvider _standing = new() { AutoAdvance = false };

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData("commit")]
    [InlineData("pull_request")]
    public async Task Export_LimitRunsOutInTheMiddle_WaitsForItsResetAndEveryRecordArrivesOnce(string mode)
    {
        await using var hub = await FakeGitHub.StartAsync(new() { RequestLimit = 12, LimitWindow = TimeSpan.FromSeconds(90), Time = _hurried });
        Furnish(hub, mode);
        var start = _hurried.GetUtcNow();

        var results = await ExportAsync(_hurried);

        Assert.Equal(2 * Records, results.Count);
        Assert.All(results, result => Assert.Equal((ExportStatus.Exported, 1), (result.Status, result.Attempts)));
        Assert.Equal(Records, mode is "commit" ? hub.Messages().Count : hub.Pulls.Count);
        Assert.Equal(0, hub.RefusedRequests);

        // One pause for every twelve requests, told once, and nothing waits beside them.
        var pauses = (hub.RequestCount - 1) / 12;
        Assert.Equal(pauses, _told.Count);
        Assert.All(_told, told => Assert.StartsWith("Warning RateLimitPause: hub asked to be sent nothing until 2026-01-23 05:", told, StringComparison.Ordinal));
        Assert.Equal(pauses * TimeSpan.FromSeconds(90), _hurried.GetUtcNow() - start);
    }

    [Fact]
    public async Task Export_ResetTooFarAway_FailsWithoutACallAndTheNextRunCompletes()
    {
        await using var hub = await FakeGitHub.StartAsync(new() { RequestLimit = 15, Time = _standing });
        Furnish(hub, "commit");

        var results = await ExportAsync(_standing);

        // One request finds the default branch, and one the names on it.
        var refused = results.Where(result => result is { DestinationName: "hub", Success: false }).ToList();
        Assert.Equal((13, 7), (hub.Messages().Count, refused.Count));
        Assert.Equal((15, 0), (hub.RequestCount, hub.RefusedRequests));
        Assert.All(refused, result =>
        {
            Assert.Equal((ExportErrorCode.RateLimited, true, 0), (result.ErrorCode, result.Recoverable, result.Attempts));
            Assert.Equal("'hub' asked to be sent nothing for now; that lasts until 2026-01-23 06:00:00, longer than a run waits (120 s).", result.ErrorMessage);
            Assert.StartsWith("Run the export again after 2026-01-23 06:00:00", result.RecommendedAction, StringComparison.Ordinal);
        });
        Assert.EndsWith("records for it fail and can be exported after that.", Assert.Single(_told), StringComparison.Ordinal);

        // The clock stands, so the archive behind it waited for nothing.
        Assert.Equal(Records, results.Count(result => result is { DestinationName: "archive", Success: true }));

        await CompleteAsync(hub, TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Export_PullRequestsCutShortByALimit_AreCompletedByLaterRunsAndNotMadeTwice()
    {
        await using var hub = await FakeGitHub.StartAsync(new() { RequestLimit = 32, Time = _standing });
        Furnish(hub, "pull_request");

        var cutShort = 0;
        for (var run = 0; run < 5; run++)
        {
            var results = await ExportAsync(_standing);
            cutShort += results.Count(result => result is { ErrorCode: ExportErrorCode.RateLimited, Attempts: 1 });
            _standing.Advance(TimeSpan.FromHours(1));
        }

        Assert.InRange(cutShort, 1, 4);
        Assert.Equal((Records, Records + 1, 0), (hub.Pulls.Count, hub.Branches.Count, hub.RefusedRequests));
    }

    [Fact]
    public async Task Export_StoppedDuringAPause_EndsAtOnceAndLeavesNoAttempt()
    {
        await using var hub = await FakeGitHub.StartAsync(new() { RequestLimit = 15, LimitWindow = TimeSpan.FromMinutes(1), Time = _standing });
        Furnish(hub, "commit", archivePriority: 95);
        using var stop = new CancellationTokenSource();
        var archived = 0;
        var running = ExportAsync(_standing, result => archived += result.DestinationName is "archive" ? 1 : 0, stop: stop.Token);

        await _paused.Task;
        Assert.Equal(15, hub.RequestCount);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(15, hub.RequestCount);
        Assert.InRange(archived, 13, Records);
        await CompleteAsync(hub, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Export_SecondaryLimitInTheMiddle_NothingIsSentForAMinute()
    {
        await using var hub = await FakeGitHub.StartAsync();
        Furnish(hub, "commit");
        hub.Add(new FakeFault
        {
            Method = "PUT",
            Path = "/repos/lab/records/contents/2026-01-23_FEI-Titan-TEM_7.xml",
            Status = 403,
            ContentType = "application/json",
            Body = """{"message": "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}""",
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["x-ratelimit-remaining"] = "4000" },
        });

        var results = await ExportAsync(_hurried);

        Assert.All(results, result => Assert.Equal(ExportStatus.Exported, result.Status));
        Assert.Equal(2, Assert.Single(results, result => result.Attempts != 1).Attempts);
        Assert.Equal(Records, hub.Messages().Count);
        var refused = hub.RequestLog.ToList().FindIndex(request => request.Path.EndsWith("TEM_7.xml", StringComparison.Ordinal));
        var times = _sent.ToList();
        Assert.InRange(times[refused + 1] - times[refused], TimeSpan.FromMinutes(1), TimeSpan.MaxValue);
    }

    [Theory]
    [InlineData("commit", "token", ExportErrorCode.AuthExpired, 1)]
    [InlineData("pull_request", "token", ExportErrorCode.AuthExpired, 1)]
    [InlineData("commit", "permission", ExportErrorCode.PermissionDenied, 3)]
    [InlineData("commit", "archive", ExportErrorCode.PermissionDenied, 3)]
    [InlineData("pull_request", "archive", ExportErrorCode.PermissionDenied, 7)]
    [InlineData("commit", "rule", ExportErrorCode.PermissionDenied, 3)]
    [InlineData("pull_request", "branch", ExportErrorCode.ResourceNotFound, 4)]
    public async Task Export_TheAccountOrThePlaceIsRefused_IsAskedOnceARun(string mode, string cause, string code, int requests)
    {
        await using var hub = await FakeGitHub.StartAsync(new()
        {
            CanPush = cause is not "permission",
            Archived = cause is "archive",
            Protected = cause is "rule",
            Empty = cause is "branch",
        });
        Furnish(hub, mode);

        var results = await ExportAsync(_hurried, token: cause is "token" ? "wrong" : hub.Token);

        Assert.Equal(requests, hub.RequestCount);
        Assert.InRange(hub.RequestLog.Count(request => request.Method == "PUT"), 0, 1);
        Assert.All(results.Where(result => result.DestinationName is "hub"), result => Assert.Equal(code, result.ErrorCode));
        Assert.Equal(Records, results.Count(result => result is { DestinationName: "archive", Success: true }));
    }

    [Theory]
    [InlineData("commit")]
    [InlineData("pull_request")]
    public async Task Export_TheDatabaseIsLost_SendsNothingAndAsksInBulk(string mode)
    {
        await using var hub = await FakeGitHub.StartAsync();
        Furnish(hub, mode);
        await ExportAsync(_hurried);
        foreach (var file in Directory.GetFiles(_lab.Path, "log.db*"))
        {
            File.Delete(file);
        }

        hub.Reset();
        var results = await ExportAsync(_hurried);

        Assert.All(results.Where(result => result.DestinationName is "hub"), result => Assert.Equal(ExportStatus.AlreadyExported, result.Status));
        Assert.Equal(Records, results.Count(result => result.DestinationName is "hub"));
        Assert.DoesNotContain(hub.RequestLog, request => request.Method != "GET");
        Assert.InRange(hub.RequestCount, 1, 10);
    }

    [Fact]
    public async Task LimitsOf_AThousandCommitsToGitHub_KeepWhatItsDocumentationAsksFor()
    {
        var hurried = new FakeTimeProvider();
        var limits = GitHubQuota.LimitsOf(GitHubDestinationSettings.From(GitHubBed.Settings(timeout: null)));
        var limiter = new RateLimiter("hub", limits, new() { Time = hurried, MaxRetryAfter = TimeSpan.FromHours(1) }, NullLogger.Instance);
        var times = new List<DateTimeOffset>();
        for (var commit = 0; commit < 1000; commit++)
        {
            await limiter.EnterAsync(isWrite: true, default);
            times.Add(hurried.GetUtcNow());
        }

        Assert.Equal(1, limiter.AtOnce);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)));
        Assert.All(times, from => Assert.InRange(times.Count(time => time >= from && time < from.AddMinutes(1)), 1, 80));
        Assert.All(times, from => Assert.InRange(times.Count(time => time >= from && time < from.AddHours(1)), 1, 500));
        Assert.Equal(TimeSpan.FromSeconds(3600 + 499), times[^1] - times[0]);
    }

    private async Task CompleteAsync(FakeGitHub hub, TimeSpan later)
    {
        _standing.Advance(later);
        await ExportAsync(_standing);

        // What was not sent was no attempt, so it is not looked for: two look-ups and seven commits.
        Assert.Equal((24, 0), (hub.RequestCount, hub.RefusedRequests));
        Assert.Equal((Records, Records), (hub.Messages().Count, hub.Files().Count));
        var log = new List<UploadLogEntry>();
        await using var engine = Open(_standing);
        await foreach (var entry in engine.Log.ReadAsync(new UploadLogQuery { DestinationName = ["hub"] }, default))
        {
            log.Add(entry);
        }

        Assert.Equal(Records, log.Count(entry => entry.Success));
        Assert.DoesNotContain(log, entry => entry.ErrorMessage?.Contains("Stopped", StringComparison.Ordinal) == true);
    }

    private void Furnish(FakeGitHub hub, string mode, int archivePriority = 10)
    {
        _lab.Write(
            "nexus-export.yaml",
            $$"""
            database: { path: log.db }
            records: { path: records }
            export:
              strategy: all
              pipeline: { default_timeout_ms: 3600000 }
            destinations:
              hub: { type: github, priority: 90, repository: lab/records, token: env:TOKEN, api_url: "{{hub.BaseUrl}}", mode: {{mode}} }
              archive: { type: local, priority: {{archivePriority}}, base_path: archive }
            """);
        for (var record = 0; record < Records; record++)
        {
            _lab.Write(
                $"records/2026-01-23_FEI-Titan-TEM_{record}.xml",
                $"""<Experiment xmlns="https://data.nist.gov/od/dm/nexus/experiment/v1.0"><id>{record}</id><summary/></Experiment>""");
        }
    }

    private ExportEngine Open(FakeTimeProvider time, string? token = null) => ExportEngine.Open(new EngineOptions
    {
        Environment = new HostEnvironment(
            _lab.Path, new Dictionary<string, string>(StringComparer.Ordinal) { ["TOKEN"] = token ?? new FakeGitHubOptions().Token }, _lab["none/user"], _lab["none/machine"]),
        Time = time,
        Log = new Sink(this),
        HttpHandlerFactory = () => new Watch(time, _sent),
    });

    private async Task<List<ExportResult>> ExportAsync(
        FakeTimeProvider time, Action<ExportResult>? see = null, string? token = null, CancellationToken stop = default)
    {
        await using var engine = Open(time, token);
        var results = new List<ExportResult>();
        await foreach (var happened in engine.Exports.RunAsync(Items(engine), engine.Exports.Plan(new ExportRequest()), stop))
        {
            if (happened is ResultReady ready)
            {
                results.Add(ready.Result);
                see?.Invoke(ready.Result);
            }
        }

        return results;
    }

    private static async IAsyncEnumerable<ExportItem> Items(ExportEngine engine)
    {
        await foreach (var reading in engine.Records.ReadAsync(new RecordQuery(), CancellationToken.None))
        {
            yield return new ExportItem(reading.Record!);
        }
    }

    private sealed class Sink(GitHubQuotaTests test) : ILogSink
    {
        public void Write(LogEntry entry)
        {
            if (entry.EventName is "RateLimitPause")
            {
                test._told.Enqueue($"{entry.Severity} {entry.EventName}: {entry.Message}");
                test._paused.TrySetResult();
            }
        }
    }

    private sealed class Watch(TimeProvider time, ConcurrentQueue<DateTimeOffset> sent) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            sent.Enqueue(time.GetUtcNow());
            return base.SendAsync(request, cancellationToken);
        }
    }
}
