using NexusExport.PowerShell.Pumping;

namespace NexusExport.PowerShell.Tests;

/// <summary>Plays PowerShell's pipeline thread. A test that would wait for ever fails instead.</summary>
internal static class PipelineThread
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Runs <paramref name="step"/> on a thread of its own and throws what it throws.</summary>
    public static Task RunAsync(Action step) =>
        Task.Factory.StartNew(step, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(Deadline);

    /// <summary>Runs <paramref name="step"/> with a pump made on that thread.</summary>
    public static Task RunAsync(FakeStreams streams, Action<CmdletPump> step, PumpLimits? limits = null, CancellationToken stop = default) => RunAsync(() =>
    {
        using var pump = new CmdletPump(streams, stop, limits);
        step(pump);
    });
}
