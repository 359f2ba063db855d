using NexusExport.Resilience;

namespace NexusExport.Tests.Resilience;

public sealed class OutageBreakerTests
{
    private static readonly ExportFault Down = new(ExportErrorCode.ConnectionFailed, "down");

    private readonly FakeTimeProvider _time = new() { AutoAdvance = false };
    private readonly OutageBreaker _breaker;

    public OutageBreakerTests() => _breaker = new("lab", new ResilienceOptions { Time = _time });

    [Theory]
    [InlineData(ExportErrorCode.ConnectionFailed, true)]
    [InlineData(ExportErrorCode.Timeout, true)]
    [InlineData(ExportErrorCode.ServerUnavailable, true)]
    [InlineData(ExportErrorCode.ServerError, false)]
    [InlineData(ExportErrorCode.RateLimited, false)]
    [InlineData(ExportErrorCode.RequestRejected, false)]
    public void IsTrouble_OfAFault_IsSoWhereItMaySpeakOfTheDestination(string code, bool expected) =>
        Assert.Equal(expected, OutageBreaker.IsTrouble(new(code, "no")));

    [Fact]
    public void IsTrouble_OfAServerErrorThatMayPass_IsSo() =>
        Assert.True(OutageBreaker.IsTrouble(new(ExportErrorCode.ServerError, "no") { Recoverable = true }));

    [Fact]
    public async Task WaitAsync_WhileAnotherFindsOut_EndsWithItsNews()
    {
        var (scout, other) = (new object(), new object());
        Doubt();
        Assert.True(_breaker.TryEnter(scout));
        Assert.False(_breaker.TryEnter(other));

        var waiting = _breaker.WaitAsync(other, default);
        Assert.False(waiting.IsCompleted);
        _breaker.Answered(isWrite: true);
        await waiting;

        Assert.True(_breaker.TryEnter(other));
    }

    [Fact]
    public async Task Leave_OfTheOneThatFindsOut_LetsTheNextGoAhead()
    {
        var (scout, other) = (new object(), new object());
        Doubt();
        Assert.True(_breaker.TryEnter(scout));
        var waiting = _breaker.WaitAsync(other, default);

        _breaker.Leave(scout);
        await waiting;

        Assert.True(_breaker.TryEnter(other));
        Assert.False(_breaker.TryEnter(scout));
    }

    [Fact]
    public async Task WaitAsync_Stopped_EndsAtOnce()
    {
        using var stop = new CancellationTokenSource();
        Doubt();
        Assert.True(_breaker.TryEnter(new object()));
        var waiting = _breaker.WaitAsync(new object(), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task GaveUp_AfterCallsThatNobodyAnswered_LeavesItAloneForThirtySeconds()
    {
        var (scout, other) = (new object(), new object());
        Doubt();
        Assert.True(_breaker.TryEnter(scout));
        var waiting = _breaker.WaitAsync(other, default);
        _breaker.Failed(Down);
        _breaker.GaveUp(Down);
        await waiting;

        var fault = Assert.Throws<ExportException>(() => _breaker.TryEnter(other)).Fault;
        Assert.Equal(ExportErrorCode.DestinationUnavailable, fault.Code);
        Assert.Contains("30 s more", fault.Message, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.True(_breaker.TryEnter(other));
        Assert.Throws<ExportException>(() => _breaker.TryEnter(scout));
    }

    [Fact]
    public void GaveUp_AfterAnAnswerInBetween_LeavesItOpen()
    {
        _breaker.Failed(Down);
        _breaker.Answered(isWrite: false);
        _breaker.Failed(Down);
        _breaker.GaveUp(Down);

        Assert.True(_breaker.TryEnter(new object()));
    }

    [Fact]
    public void IsTired_AfterThreeLostRecords_EndsWithAWriteThatIsAnswered()
    {
        for (var record = 0; record < 3; record++)
        {
            Assert.False(_breaker.IsTired);
            _breaker.Failed(Down);
            _breaker.Answered(isWrite: false);
            _breaker.GaveUp(Down);
        }

        Assert.True(_breaker.IsTired);
        _breaker.Answered(isWrite: false);
        Assert.True(_breaker.IsTired);
        _breaker.Answered(isWrite: true);
        Assert.False(_breaker.IsTired);
    }

    [Fact]
    public async Task Refused_WhateverComesAfter_IsToldToEverybody()
    {
        var other = new object();
        Doubt();
        Assert.True(_breaker.TryEnter(new object()));
        var waiting = _breaker.WaitAsync(other, default);
        _breaker.Refused(new(ExportErrorCode.AuthExpired, "expired") { MayHaveCommitted = true });
        await waiting;
        _breaker.Answered(isWrite: true);

        var fault = Assert.Throws<ExportException>(() => _breaker.TryEnter(other)).Fault;

        Assert.Equal((ExportErrorCode.AuthExpired, "expired", false), (fault.Code, fault.Message, fault.MayHaveCommitted));
    }

    private void Doubt()
    {
        for (var call = 0; call < 3; call++)
        {
            Assert.True(_breaker.TryEnter(new object()));
            _breaker.Failed(Down);
        }
    }
}
