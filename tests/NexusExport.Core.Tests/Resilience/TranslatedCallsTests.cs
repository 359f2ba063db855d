using NexusExport.Resilience;

namespace NexusExport.Tests.Resilience;

public sealed class TranslatedCallsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_SurpriseInACall_IsAFaultThatSaysWhetherItMayHaveWritten(bool isWrite)
    {
        var fault = (await Assert.ThrowsAsync<ExportException>(() => RunAsync(new IOException("bad sector"), isWrite))).Fault;

        Assert.Equal((ExportErrorCode.StorageFailed, isWrite), (fault.Code, fault.MayHaveCommitted));
        Assert.Contains("lab", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FaultOfTheDestination_PassesAsItIs()
    {
        var own = new ExportException(ExportErrorCode.RequestRejected, "no");

        Assert.Same(own, await Assert.ThrowsAsync<ExportException>(() => RunAsync(own)));
    }

    [Fact]
    public async Task Run_WhateverAStoppedCallDiesOf_IsACancellation()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(new IOException("aborted"), cancellationToken: stop.Token));
    }

    private static Task<int> RunAsync(Exception failure, bool isWrite = false, CancellationToken cancellationToken = default) =>
        new TranslatedCalls(new ScriptedCalls(_ => failure), "lab")
            .RunAsync(new DestinationCall<int>((_, _) => Task.FromResult(0)) { IsWrite = isWrite }, cancellationToken);
}
