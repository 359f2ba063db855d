using NexusExport.Resilience;
using NexusExport.Tests.Destinations;
using static NexusExport.Tests.Resilience.ScriptedDestination;

namespace NexusExport.Tests.Resilience;

public sealed class LookFirstCallsTests
{
    private readonly UploadAttempts _attempts = new(TestExports.Context(), new FakeTimeProvider());

    [Fact]
    public async Task Write_FirstAttempt_DoesNotLook()
    {
        var destination = new ScriptedDestination(Succeed());

        await WriteAsync(destination);

        Assert.Equal((1, 0), (destination.Uploads.Count, destination.Finds));
    }

    [Fact]
    public async Task Write_SecondAttemptAndItIsThere_WritesNothing()
    {
        var destination = new ScriptedDestination(Fail(ExportErrorCode.Timeout, mayHaveCommitted: true)) { Find = () => Receipt("found") };
        await Assert.ThrowsAsync<ExportException>(() => WriteAsync(destination));

        Assert.Equal("found", (await WriteAsync(destination)).RecordId);
        Assert.Equal((1, 1), (destination.Uploads.Count, destination.Finds));
    }

    [Fact]
    public async Task Write_SecondAttemptAndTheLookFails_WritesNothingAndRemembersTheFirst()
    {
        var destination = new ScriptedDestination(Fail(ExportErrorCode.Timeout, mayHaveCommitted: true))
        {
            Find = () => throw new ExportException(ExportErrorCode.ConnectionFailed, "down"),
        };
        await Assert.ThrowsAsync<ExportException>(() => WriteAsync(destination));

        var fault = (await Assert.ThrowsAsync<ExportException>(() => WriteAsync(destination))).Fault;

        Assert.Equal((ExportErrorCode.ConnectionFailed, true), (fault.Code, fault.MayHaveCommitted));
        Assert.Equal((1, 2), (_attempts.Writes, _attempts.Count));
    }

    private Task<DestinationReceipt> WriteAsync(ScriptedDestination destination) =>
        new LookFirstCalls(new DirectCalls(destination), destination.Capabilities).WriteAsync(_attempts, default);
}
