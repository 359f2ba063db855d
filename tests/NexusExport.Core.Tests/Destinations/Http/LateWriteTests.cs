using System.Net;
using NexusExport.Destinations.Http;
using NexusExport.Resilience;
using NexusExport.Security;
using NexusExport.Tests.Resilience;
using static NexusExport.Tests.Resilience.ScriptedDestination;

namespace NexusExport.Tests.Destinations.Http;

/// <summary>Writes that nobody answered in time and that arrive later, or never.</summary>
public sealed class LateWriteTests
{
    private static readonly TimeSpan Settle = TimeSpan.FromMinutes(2);

    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(1)]
    [InlineData(35)]
    [InlineData(115)]
    public async Task Publish_WriteThatArrivesAfterItsTimeout_IsWaitedForAndNotRepeated(int seconds)
    {
        var arrival = _time.GetUtcNow() + TimeSpan.FromSeconds(seconds);
        var inner = new ScriptedDestination(Vanish(Settle)) { Find = () => _time.GetUtcNow() >= arrival ? Receipt("late") : null };

        var outcome = await Publish(inner);

        Assert.Equal(("late", 1), (outcome.Receipt?.RecordId, outcome.Attempts));
        Assert.InRange(_time.GetUtcNow(), arrival, arrival + TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Publish_WriteThatNeverArrives_IsRepeatedOnceThatIsCertain()
    {
        var sent = new List<DateTimeOffset>();
        var inner = new ScriptedDestination(Vanish(Settle), Succeed())
        {
            BeforeUpload = _ =>
            {
                sent.Add(_time.GetUtcNow());
                return Task.CompletedTask;
            },
        };

        var outcome = await Publish(inner);

        Assert.Equal((2, 2), (outcome.Attempts, sent.Count));
        Assert.True(sent[1] - sent[0] >= Settle, $"repeated after {sent[1] - sent[0]}");
        Assert.InRange(inner.Finds, 5, 15);
    }

    [Fact]
    public async Task Publish_PartThatArrivesLate_IsGoneOnFromAtOnce()
    {
        var known = Receipt("page");
        var more = known with { IsComplete = false, Metadata = new Dictionary<string, object?>(StringComparer.Ordinal) { ["text"] = "1" } };
        var inner = new ScriptedDestination(Vanish(Settle, known), Succeed())
        {
            Find = () => _time.Delays.Count < 4 ? known with { IsComplete = false } : more,
        };

        await Publish(inner);

        Assert.Equal("1", inner.Uploads[1].Existing?.Metadata["text"]);
        Assert.True(_time.Delays.Sum(delay => delay.TotalSeconds) < 30, "it waited on although the part was there");
    }

    [Fact]
    public async Task Publish_PartThatNeverArrives_KeepsWhatWasThereBefore()
    {
        var inner = new ScriptedDestination(Vanish(Settle, Receipt("page")), Succeed());

        await Publish(inner);

        Assert.Equal("page", inner.Uploads[1].Existing?.RecordId);
    }

    [Fact]
    public async Task Publish_RestOfAPartThatArrivesAtTheLastMoment_IsFoundAndNotRepeated()
    {
        var settled = _time.GetUtcNow() + Settle;
        var part = Receipt("page") with { IsComplete = false };
        var inner = new ScriptedDestination(Vanish(Settle, part), Succeed()) { Find = () => _time.GetUtcNow() >= settled ? Receipt("page") : part };

        var outcome = await Publish(inner);

        Assert.Equal(("page", 1), (outcome.Receipt?.RecordId, inner.Uploads.Count));
    }

    [Fact]
    public async Task Publish_WriteThatMayHaveMadeSomethingNew_IsLookedForAndNotGoneOnFromWhatWasThereBefore()
    {
        var inner = new ScriptedDestination(Fail(ExportErrorCode.ConnectionFailed, mayHaveCommitted: true), Succeed());
        await using var destination = DestinationStack.WithoutLimits(inner, new ResilienceOptions { Time = _time });

        await destination.PublishAsync(TestExports.Context() with { Existing = Receipt("before") with { IsComplete = false } }, default);

        Assert.Equal("before", inner.Uploads[0].Existing?.RecordId);
        Assert.Equal((1, null), (inner.Finds, inner.Uploads[1].Existing?.RecordId));
    }

    [Fact]
    public async Task Publish_LongerThanARunWaits_LeavesItToTheNextAndSaysWhen()
    {
        var inner = new ScriptedDestination(Vanish(Settle), Succeed());

        var outcome = await Publish(inner, new() { MaxRetryAfter = TimeSpan.FromSeconds(119) });

        Assert.Equal((ExportErrorCode.Timeout, 1), (outcome.Fault?.Code, outcome.Attempts));
        Assert.Equal("No answer; what was sent may still arrive until 2026-01-23 05:02:00, longer than a run waits (119 s).", outcome.Fault?.Message);
        Assert.Contains("after 2026-01-23 05:02:00", outcome.Fault?.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_WhileOneWaits_OthersHaveTheirTurns()
    {
        var standing = new FakeTimeProvider { AutoAdvanceLimit = TimeSpan.FromSeconds(1.9) };
        var inner = new ScriptedDestination(Vanish(Settle), Succeed("2"));
        await using var destination = DestinationStack.WithoutLimits(inner, new ResilienceOptions { Time = standing, ConcurrentCalls = 1 });
        using var stop = new CancellationTokenSource();
        var waiting = destination.PublishAsync(TestExports.Context(), stop.Token);

        var other = await destination.PublishAsync(TestExports.Context("another.xml"), default);

        Assert.Equal("2", other.Receipt?.RecordId);
        Assert.False(waiting.IsCompleted);
        await stop.CancelAsync();
        Assert.Equal(ExportErrorCode.Cancelled, (await waiting).Fault?.Code);
    }

    [Fact]
    public async Task Publish_LookFailsMeanwhile_SendsNothing()
    {
        var inner = new ScriptedDestination(Vanish(Settle), Succeed())
        {
            Find = () => throw new ExportException(ExportErrorCode.PermissionDenied, "no"),
        };

        var outcome = await Publish(inner);

        Assert.Equal((ExportErrorCode.PermissionDenied, true, 1), (outcome.Fault?.Code, outcome.Fault?.MayHaveCommitted, inner.Uploads.Count));
    }

    [Theory]
    [InlineData(504, true)]
    [InlineData(524, true)]
    [InlineData(502, false)]
    [InlineData(503, false)]
    [InlineData(500, false)]
    [InlineData(400, false)]
    public void FromAnswer_OfAGatewayThatGaveUp_SaysNothingOfTheServerBehindIt(int status, bool settles)
    {
        var fault = new HttpFaults("lab", new SecretRedactor(), _time).FromAnswer(new()
        {
            Call = new(HttpMethod.Post, "x") { SettleTime = Settle },
            Address = new Uri("https://lab.example/x"),
            Status = (HttpStatusCode)status,
            Body = default,
        });

        Assert.Equal(settles ? Settle : null, fault.SettleTime);
    }

    [Fact]
    public void TimedOut_OfAReadOrAWriteThatMayBeRepeated_SettlesAtOnce()
    {
        var faults = new HttpFaults("lab", new SecretRedactor(), _time);

        Assert.Null(faults.TimedOut(new(HttpMethod.Get, "x") { SettleTime = Settle }, Settle).SettleTime);
        Assert.Null(faults.TimedOut(new(HttpMethod.Put, "x"), Settle).SettleTime);
        Assert.Equal(Settle, faults.TimedOut(new(HttpMethod.Post, "x") { SettleTime = Settle }, Settle).SettleTime);
    }

    [Fact]
    public void FromException_ConnectionThatBroke_SettlesSoon()
    {
        var fault = new HttpFaults("lab", new SecretRedactor(), _time).FromException(
            new HttpRequestException(HttpRequestError.ResponseEnded), new(HttpMethod.Post, "x") { SettleTime = Settle }, new Uri("https://lab.example/x"));

        Assert.Equal((true, LateWrite.AfterABreak), (fault.MayHaveCommitted, fault.SettleTime));
    }

    [Fact]
    public void FromException_ConnectionThatNeverWas_HasNothingToSettle()
    {
        var fault = new HttpFaults("lab", new SecretRedactor(), _time).FromException(
            new HttpRequestException(HttpRequestError.ConnectionError), new(HttpMethod.Post, "x") { SettleTime = Settle }, new Uri("https://lab.example/x"));

        Assert.Equal((false, null), (fault.MayHaveCommitted, fault.SettleTime));
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(65_535, 30)]
    [InlineData(249_000, 33)]
    [InlineData(64 * 1024 * 1024, 30 + 1024)]
    public void TimeoutOf_ABody_GrowsWithItsSize(int bytes, int seconds)
    {
        using var client = new HttpDestinationClient(
            new() { Name = "lab", Type = "lab", Priority = 1 }, new() { DefaultTimeout = TimeSpan.FromSeconds(30) }, "https://lab.example", new SecretRedactor(), _ => { });

        Assert.Equal(TimeSpan.FromSeconds(seconds), client.TimeoutOf(new(HttpMethod.Post, "x") { Content = new ByteArrayContent(new byte[bytes]) }));
    }

    private Task<AttemptOutcome> Publish(ScriptedDestination inner, ResilienceOptions? options = null) =>
        DestinationStack.WithoutLimits(inner, (options ?? new()) with { Time = _time }).PublishAsync(TestExports.Context(), default);
}
