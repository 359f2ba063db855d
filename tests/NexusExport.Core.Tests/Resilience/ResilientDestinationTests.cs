using System.Net.Sockets;
using NexusExport.Resilience;
using NexusExport.Tests.Destinations;
using static NexusExport.Tests.Resilience.ScriptedDestination;

namespace NexusExport.Tests.Resilience;

public sealed class ResilientDestinationTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Publish_FirstAttemptWorks_WaitsForNothing()
    {
        var inner = new ScriptedDestination(Succeed());

        var outcome = await Publish(inner);

        Assert.Equal((1, "1"), (outcome.Attempts, outcome.Receipt?.RecordId));
        Assert.Empty(_time.Delays);
        Assert.Equal(0, inner.Finds);
    }

    [Fact]
    public async Task Publish_RecoverableFaults_TriesThreeTimesWithGrowingWaits()
    {
        var inner = new ScriptedDestination(Fail(ExportErrorCode.RateLimited));

        var outcome = await Publish(inner, new() { Random = () => 0.5 });

        Assert.Equal(3, outcome.Attempts);
        Assert.Equal(ExportErrorCode.RateLimited, outcome.Fault?.Code);
        Assert.Equal(2, _time.Delays.Count);
        Assert.InRange(_time.Delays[0], TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(2));
        Assert.InRange(_time.Delays[1], _time.Delays[0], TimeSpan.FromSeconds(4));
        Assert.Equal(2, inner.Finds);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public async Task Publish_ManyAttempts_NeverWaitsLongerThanTheLimit(double random)
    {
        var inner = new ScriptedDestination(Fail(ExportErrorCode.RateLimited));

        await Publish(inner, new() { MaxAttempts = 12, Random = () => random });

        Assert.Equal(11, _time.Delays.Count);
        Assert.All(_time.Delays, delay => Assert.InRange(delay, TimeSpan.Zero, TimeSpan.FromSeconds(30)));
        Assert.Equal(TimeSpan.FromSeconds(30), _time.Delays[^1]);
    }

    [Theory]
    [InlineData(ExportErrorCode.RequestRejected)]
    [InlineData(ExportErrorCode.PermissionDenied)]
    [InlineData(ExportErrorCode.ServerError)]
    public async Task Publish_PermanentFault_IsTriedOnceAndOpensNothing(string code)
    {
        var inner = new ScriptedDestination(Fail(code), Fail(code), Fail(code), Succeed());
        await using var destination = Resilient(inner);

        for (var record = 0; record < 3; record++)
        {
            Assert.Equal(1, (await destination.PublishAsync(TestExports.Context(), default)).Attempts);
        }

        Assert.NotNull((await destination.PublishAsync(TestExports.Context(), default)).Receipt);
        Assert.Empty(_time.Delays);
    }

    [Fact]
    public async Task Publish_RetryAfter_IsObeyed()
    {
        var wait = TimeSpan.FromSeconds(77);

        var outcome = await Publish(new ScriptedDestination(Fail(ExportErrorCode.RateLimited, retryAfter: wait), Succeed()));

        Assert.Equal(2, outcome.Attempts);
        Assert.Equal(wait, Assert.Single(_time.Delays));
    }

    [Fact]
    public async Task Publish_RetryAfterLongerThanARunWaits_GivesUpAndSaysSo()
    {
        var outcome = await Publish(new ScriptedDestination(Fail(ExportErrorCode.RateLimited, retryAfter: TimeSpan.FromMinutes(10))));

        Assert.Equal(1, outcome.Attempts);
        Assert.Equal($"{ExportErrorCode.RateLimited}; that lasts until 2026-01-23 05:10:00, longer than a run waits (120 s).", outcome.Fault?.Message);
        Assert.Contains("after 2026-01-23 05:10:00", outcome.Fault?.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(_time.Delays);
    }

    [Fact]
    public async Task Publish_FirstAttemptHadArrived_IsFoundAndNotSentAgain()
    {
        var inner = new ScriptedDestination(Fail(ExportErrorCode.Timeout, mayHaveCommitted: true)) { Find = () => Receipt("found") };

        var outcome = await Publish(inner);

        Assert.Equal(("found", 1), (outcome.Receipt?.RecordId, outcome.Attempts));
    }

    [Fact]
    public async Task Publish_FirstAttemptHalfArrived_IsCompleted()
    {
        var inner = new ScriptedDestination(
            Fail(ExportErrorCode.ServerUnavailable, mayHaveCommitted: true), Succeed()) { Find = () => Receipt("half") with { IsComplete = false } };

        await Publish(inner);

        Assert.Equal("half", inner.Uploads[1].Existing?.RecordId);
    }

    [Fact]
    public async Task Publish_FaultTellsWhatIsLeft_IsCompletedWithoutLooking()
    {
        var inner = new ScriptedDestination(Fail(ExportErrorCode.ServerUnavailable, partial: Receipt("left")), Succeed());

        await Publish(inner);

        Assert.Equal("left", inner.Uploads[1].Existing?.RecordId);
        Assert.Equal(0, inner.Finds);
    }

    [Fact]
    public async Task Publish_CannotFindAndMayHaveCommitted_IsNotSentAgain()
    {
        var inner = new ScriptedDestination(Fail(ExportErrorCode.Timeout, mayHaveCommitted: true), Succeed())
        {
            Capabilities = new(CanFind: false, CanFetch: false, CanUndo: false, DestinationRisk.Low),
        };

        var outcome = await Publish(inner);

        Assert.Equal(1, outcome.Attempts);
        Assert.True(outcome.Fault?.MayHaveCommitted);
    }

    [Fact]
    public async Task Publish_CannotFindAndNothingWasSent_IsTriedAgain()
    {
        var inner = new ScriptedDestination(Fail(ExportErrorCode.ConnectionFailed), Succeed())
        {
            Capabilities = new(CanFind: false, CanFetch: false, CanUndo: false, DestinationRisk.Low),
        };

        Assert.Equal(2, (await Publish(inner)).Attempts);
        Assert.Equal(0, inner.Finds);
    }

    [Fact]
    public async Task Publish_LookingFails_StillTellsThatTheWriteMayHaveArrived()
    {
        var inner = new ScriptedDestination(Fail(ExportErrorCode.ServerUnavailable, mayHaveCommitted: true), Succeed())
        {
            Find = () => throw new ExportException(ExportErrorCode.AuthExpired, "expired"),
        };

        var outcome = await Publish(inner);

        Assert.Equal((ExportErrorCode.AuthExpired, 2), (outcome.Fault?.Code, outcome.Attempts));
        Assert.True(outcome.Fault?.MayHaveCommitted);
    }

    [Fact]
    public async Task Publish_DeadServer_CostsOneRecordsAttemptsAndNotN()
    {
        var inner = new ScriptedDestination(Fail(ExportErrorCode.ConnectionFailed))
        {
            Find = () => throw new ExportException(ExportErrorCode.ConnectionFailed, "down"),
        };
        await using var destination = Resilient(inner);
        var first = await destination.PublishAsync(TestExports.Context(), default);
        var waits = _time.Delays.Count;

        var others = new List<AttemptOutcome>();
        for (var record = 0; record < 50; record++)
        {
            others.Add(await destination.PublishAsync(TestExports.Context(), default));
        }

        Assert.Equal(ExportErrorCode.ConnectionFailed, first.Fault?.Code);
        Assert.All(others, outcome => Assert.Equal((ExportErrorCode.DestinationUnavailable, 0), (outcome.Fault?.Code, outcome.Attempts)));
        Assert.Single(inner.Uploads);
        Assert.Equal(waits, _time.Delays.Count);
    }

    [Fact]
    public async Task Publish_SilentServer_IsLeftAloneAfterTwoSilentCallsInARow()
    {
        var inner = new ScriptedDestination(Fail(ExportErrorCode.Timeout, mayHaveCommitted: true))
        {
            Find = () => throw new ExportException(ExportErrorCode.Timeout, "silent"),
        };
        await using var destination = Resilient(inner);

        // The second of two silent calls in a row opens it, whichever records they belong to.
        await destination.PublishAsync(TestExports.Context(), default);
        await destination.PublishAsync(TestExports.Context(), default);

        Assert.Equal((1, 1), (inner.Uploads.Count, inner.Finds));
    }

    [Fact]
    public async Task Publish_AfterTheBreak_OneGoesToSeeAndAllGoOn()
    {
        var inner = new ScriptedDestination(Fail(ExportErrorCode.ConnectionFailed), Succeed());
        await using var destination = Resilient(inner, new() { MaxAttempts = 1 });
        await destination.PublishAsync(TestExports.Context(), default);
        Assert.Equal(ExportErrorCode.DestinationUnavailable, (await destination.PublishAsync(TestExports.Context(), default)).Fault?.Code);

        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.NotNull((await destination.PublishAsync(TestExports.Context(), default)).Receipt);
        Assert.NotNull((await destination.PublishAsync(TestExports.Context(), default)).Receipt);
    }

    [Fact]
    public async Task Publish_StillDownAfterTheBreak_OneTimeoutPerBreak()
    {
        var inner = new ScriptedDestination(Fail(ExportErrorCode.ConnectionFailed));
        await using var destination = Resilient(inner, new() { MaxAttempts = 1 });
        await destination.PublishAsync(TestExports.Context(), default);
        _time.Advance(TimeSpan.FromSeconds(30));

        await destination.PublishAsync(TestExports.Context(), default);
        await destination.PublishAsync(TestExports.Context(), default);

        Assert.Equal(2, inner.Uploads.Count);
    }

    [Fact]
    public async Task Publish_ShortOutage_IsSurvivedByEveryRecord()
    {
        var down = Fail(ExportErrorCode.ServerUnavailable, mayHaveCommitted: true);
        var inner = new ScriptedDestination(down, Succeed(), down, Succeed(), down, Succeed());
        await using var destination = Resilient(inner);

        for (var record = 0; record < 3; record++)
        {
            Assert.Equal(2, (await destination.PublishAsync(TestExports.Context(), default)).Attempts);
        }
    }

    [Theory]
    [InlineData(ExportErrorCode.AuthExpired)]
    [InlineData(ExportErrorCode.TlsFailed)]
    public async Task Publish_RefusalThatConcernsEveryRecord_IsAskedForOnce(string code)
    {
        var inner = new ScriptedDestination(Fail(code), Succeed());
        await using var destination = Resilient(inner);

        var outcomes = new List<AttemptOutcome>();
        for (var record = 0; record < 50; record++)
        {
            outcomes.Add(await destination.PublishAsync(TestExports.Context(), default));
        }

        _time.Advance(TimeSpan.FromHours(1));
        outcomes.Add(await destination.PublishAsync(TestExports.Context(), default));
        Assert.All(outcomes, outcome => Assert.Equal((code, $"{code}."), (outcome.Fault?.Code, outcome.Fault?.Message)));
        Assert.Equal((1, 0), (outcomes[0].Attempts, outcomes.Skip(1).Max(outcome => outcome.Attempts)));
        Assert.Single(inner.Uploads);
    }

    [Theory]
    [InlineData(ExportErrorCode.ConnectionFailed, false)]
    [InlineData(ExportErrorCode.ServerUnavailable, true)]
    [InlineData(ExportErrorCode.ServerError, true)]
    public async Task Publish_DeadServerAndManyRecordsAtOnce_CostsTheFirstCallsAndOneRecordsAttempts(string code, bool mayHaveCommitted)
    {
        var trouble = new ExportFault(code, "down") { Recoverable = true, MayHaveCommitted = mayHaveCommitted };
        var inner = new ScriptedDestination(_ => throw new ExportException(trouble)) { Find = () => throw new ExportException(trouble) };

        // Every wait moves this clock on for all: the break is not to end meanwhile.
        await using var destination = Resilient(inner, new() { ConcurrentCalls = 4, BreakDuration = TimeSpan.FromDays(1) });

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 84).Select(_ => Task.Run(() => destination.PublishAsync(TestExports.Context(), default))));

        Assert.All(outcomes, outcome => Assert.NotNull(outcome.Fault));
        Assert.InRange(inner.Uploads.Count + inner.Finds, 3, 4 + 3);
    }

    [Fact]
    public async Task Publish_ServerThatChokesOnOneRecordAndAnswersOtherwise_TakesTheOthersAtOnce()
    {
        var choking = Fail(ExportErrorCode.Timeout, mayHaveCommitted: true);
        var inner = new ScriptedDestination(choking, choking, choking, Succeed());
        await using var destination = Resilient(inner);
        var bad = await destination.PublishAsync(TestExports.Context(), default);

        var good = await destination.PublishAsync(TestExports.Context(), default);

        Assert.Equal((ExportErrorCode.Timeout, 3), (bad.Fault?.Code, bad.Attempts));
        Assert.NotNull(good.Receipt);
    }

    [Fact]
    public async Task Publish_ServerThatFailsOneRecordAfterTheOther_GivesEachOneAttemptUntilItTakesOne()
    {
        var error = new ExportFault(ExportErrorCode.ServerError, "oops") { Recoverable = true, MayHaveCommitted = true };
        var failing = Enumerable.Repeat<Func<ExportContext, DestinationReceipt>>(_ => throw new ExportException(error), (3 * 3) + 5);
        var inner = new ScriptedDestination([.. failing, Succeed(), Fail(ExportErrorCode.RateLimited), Succeed()]);
        await using var destination = Resilient(inner);
        var attempts = new List<int>();
        for (var record = 0; record < 10; record++)
        {
            attempts.Add((await destination.PublishAsync(TestExports.Context(), default)).Attempts);
        }

        Assert.Equal([3, 3, 3, 1, 1, 1, 1, 1, 1, 2], attempts);
    }

    [Fact]
    public async Task Publish_DoubtThatEnds_LetsEveryoneOn()
    {
        var down = Fail(ExportErrorCode.ConnectionFailed);

        // Four records fail together, rather than one of them four times.
        var (calls, four) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var inner = new ScriptedDestination(down, down, down, down, Succeed())
        {
            BeforeUpload = _ =>
            {
                if (Interlocked.Increment(ref calls) == 4)
                {
                    four.SetResult();
                }

                return four.Task;
            },
        };
        await using var destination = Resilient(inner, new() { ConcurrentCalls = 4 });

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => destination.PublishAsync(TestExports.Context(), default))));

        Assert.All(outcomes, outcome => Assert.NotNull(outcome.Receipt));
        Assert.InRange(outcomes.Count(outcome => outcome.Attempts > 1), 1, 4);
    }

    [Fact]
    public async Task Publish_LookingFailsAgainAndAgain_CountsTheseAttempts()
    {
        var inner = new ScriptedDestination(Fail(ExportErrorCode.ServerUnavailable, mayHaveCommitted: true))
        {
            Find = () => throw new ExportException(ExportErrorCode.ServerUnavailable, "down"),
        };

        Assert.Equal(3, (await Publish(inner)).Attempts);
    }

    [Fact]
    public async Task Publish_WriteOfWhichNobodyKnowsWhenItArrives_IsLeftToTheNextRun()
    {
        var late = new ExportFault(ExportErrorCode.Timeout, "late") { MayHaveCommitted = true, SettleTime = TimeSpan.MaxValue };
        var inner = new ScriptedDestination(_ => throw new ExportException(late));

        var outcome = await Publish(inner);

        Assert.Equal((1, 0, true), (outcome.Attempts, inner.Finds, outcome.Fault?.MayHaveCommitted));
    }

    [Fact]
    public async Task Publish_CancelledDuringTheWait_EndsAtOnce()
    {
        var standing = new FakeTimeProvider { AutoAdvance = false };
        using var cancellation = new CancellationTokenSource();
        var inner = new ScriptedDestination(Fail(ExportErrorCode.RateLimited));
        await using var destination = DestinationStack.WithoutLimits(inner, new ResilienceOptions { Time = standing });

        var publishing = destination.PublishAsync(TestExports.Context(), cancellation.Token);
        await cancellation.CancelAsync();

        var outcome = await publishing;
        Assert.Equal(ExportErrorCode.Cancelled, outcome.Fault?.Code);
        Assert.Equal(1, outcome.Attempts);
        Assert.Single(inner.Uploads);
    }

    [Fact]
    public async Task Publish_PluginDiesOfTheCancellationInItsOwnWay_IsACancellation()
    {
        using var cancellation = new CancellationTokenSource();
        var inner = new ScriptedDestination(Throw(new IOException("aborted"))) { BeforeUpload = _ => cancellation.CancelAsync() };

        var outcome = await Resilient(inner).PublishAsync(TestExports.Context(), cancellation.Token);

        Assert.Equal(ExportErrorCode.Cancelled, outcome.Fault?.Code);
        Assert.True(outcome.Fault?.MayHaveCommitted);
    }

    [Fact]
    public async Task Publish_StoppedWhileItWaitsForItsTurn_IsNoAttempt()
    {
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var inner = new ScriptedDestination(Succeed())
        {
            BeforeUpload = async token =>
            {
                begun.TrySetResult();
                await Task.Delay(Timeout.Infinite, token);
            },
        };
        await using var destination = DestinationStack.WithoutLimits(inner, new ResilienceOptions { ConcurrentCalls = 1 });
        var sending = destination.PublishAsync(TestExports.Context(), stop.Token);
        await begun.Task;
        var waiting = Enumerable.Range(0, 50).Select(_ => destination.PublishAsync(TestExports.Context(), stop.Token)).ToList();

        await stop.CancelAsync();

        Assert.Equal(1, (await sending).Attempts);
        Assert.All(await Task.WhenAll(waiting), outcome => Assert.Equal((ExportErrorCode.Cancelled, 0), (outcome.Fault?.Code, outcome.Attempts)));
    }

    [Fact]
    public async Task Publish_CancelledWhileWaitingForItsTurn_SendsNothing()
    {
        using var cancellation = new CancellationTokenSource();
        var busy = new TaskCompletionSource();
        var inner = new ScriptedDestination(Succeed()) { BeforeUpload = _ => busy.Task };
        await using var destination = DestinationStack.WithoutLimits(inner, new ResilienceOptions { ConcurrentCalls = 1 });
        var first = destination.PublishAsync(TestExports.Context(), CancellationToken.None);

        var second = destination.PublishAsync(TestExports.Context(), cancellation.Token);
        await cancellation.CancelAsync();

        Assert.Equal(0, (await second).Attempts);
        busy.SetResult();
        Assert.NotNull((await first).Receipt);
        Assert.Single(inner.Uploads);
    }

    [Theory]
    [MemberData(nameof(Surprises))]
    public async Task Publish_PluginThrowsAnything_IsAFault(Exception surprise, string code)
    {
        var outcome = await Publish(new ScriptedDestination(Throw(surprise)), new() { MaxAttempts = 1 });

        Assert.Equal(code, outcome.Fault?.Code);
        Assert.Contains("scripted", outcome.Fault?.Message, StringComparison.Ordinal);
    }

    public static TheoryData<Exception, string> Surprises() => new()
    {
        { new HttpRequestException(HttpRequestError.NameResolutionError, "no such host"), ExportErrorCode.ConnectionFailed },
        { new SocketException((int)SocketError.ConnectionReset), ExportErrorCode.ConnectionFailed },
        { new TaskCanceledException("not by the caller"), ExportErrorCode.Timeout },
        { new System.Text.Json.JsonException("<"), ExportErrorCode.UnexpectedResponse },
        { new UnauthorizedAccessException("denied"), ExportErrorCode.PermissionDenied },
        { new IOException("disk full", unchecked((int)0x80070070)), ExportErrorCode.StorageFull },
        { new IOException("bad sector"), ExportErrorCode.StorageFailed },
        { new InvalidOperationException("a bug"), ExportErrorCode.UnexpectedFailure },
    };

    private IResilientDestination Resilient(IExportDestination inner, ResilienceOptions? options = null) =>
        DestinationStack.WithoutLimits(inner, (options ?? new()) with { Time = _time });

    private Task<AttemptOutcome> Publish(ScriptedDestination inner, ResilienceOptions? options = null) =>
        Resilient(inner, options).PublishAsync(TestExports.Context(), default);
}
