using NexusExport.PowerShell.Pumping;
using NexusExport.Tests;

namespace NexusExport.PowerShell.Tests.Pumping;

public sealed class ProgressTrackerTests
{
    private readonly FakeStreams _streams = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Refresh_UnderASecond_ShowsNothing()
    {
        var progress = new ProgressTracker(_streams, _time, "Test");
        _time.Advance(TimeSpan.FromMilliseconds(999));
        progress.Refresh();
        progress.Complete();
        Assert.Empty(_streams.Progress);
    }

    [Fact]
    public void Refresh_ManyCallsInASecond_ShowsFiveAtMost()
    {
        var progress = new ProgressTracker(_streams, _time, "Test");
        _time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 100; i++)
        {
            progress.Refresh();
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal(5, _streams.Progress.Count);
    }

    [Fact]
    public void Complete_AfterShowing_TakesTheDisplayAwayOnce()
    {
        var progress = new ProgressTracker(_streams, _time, "Test") { Status = "busy" };
        _time.Advance(TimeSpan.FromSeconds(2));
        progress.Refresh();
        progress.Complete();
        progress.Complete();
        Assert.Equal([new("Test", "busy", false), new("Test", "busy", true)], _streams.Progress);
    }
}
