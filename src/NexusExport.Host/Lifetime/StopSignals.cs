using System.Runtime.InteropServices;

namespace NexusExport.Host.Lifetime;

/// <summary>
/// Ctrl+C and SIGTERM as a cancellation token: the first one asks for a clean stop, and a second later the process is gone whatever it waits
/// for; a second one ends it at once. Nothing depends on a clean end: what was under way is looked for at its destination by the next run.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    // Together less than the promised second, with some room for a machine that is busy.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan LastWordsLimit = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly TaskCompletionSource _ended = new();
    private int _stopped;

    /// <summary>Listens to the process's signals.</summary>
    public StopSignals()
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, Lifetime.ExitCode.Interrupted)));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, Lifetime.ExitCode.Terminated)));
    }

    /// <summary>Stands for signals that never come; for tests, which cancel <paramref name="token"/>.</summary>
    public StopSignals(CancellationToken token) => token.Register(() => _source.Cancel());

    /// <summary>Cancelled when the program is to stop.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The exit code of a run that was stopped.</summary>
    public int ExitCode { get; private set; } = Lifetime.ExitCode.Interrupted;

    /// <summary>Told to the user before the process ends in the middle of something.</summary>
    public Action? LastWords { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ended.SetResult();
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context, int exitCode)
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
        {
            return;
        }

        context.Cancel = true;
        ExitCode = exitCode;

        // Before anything is asked to stop: what is asked may not answer.
        StartThread(() => EndAfterGrace(exitCode));
        _ = _source.CancelAsync();
    }

    private void EndAfterGrace(int exitCode)
    {
        if (_ended.Task.Wait(Grace))
        {
            return;
        }

        StartThread(() => LastWords?.Invoke()).Join(LastWordsLimit);
        if (!_ended.Task.IsCompleted)
        {
            ImmediateExit.With(exitCode);
        }
    }

    // Threads of its own, because those of the pool may all be waiting for what does not come.
    private static Thread StartThread(Action work)
    {
        var thread = new Thread(() => work()) { IsBackground = true };
        thread.Start();
        return thread;
    }
}
