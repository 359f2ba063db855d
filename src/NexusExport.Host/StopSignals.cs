using System.Runtime.InteropServices;

namespace NexusExport.Host;

/// <summary>
/// Ctrl+C and SIGTERM as a cancellation token: the first one asks for a clean stop, a second one ends the process at once.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <summary>Listens to the process's signals.</summary>
    public StopSignals()
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, NexusExport.Host.ExitCode.Interrupted)));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, NexusExport.Host.ExitCode.Terminated)));
    }

    /// <summary>Stands for signals that never come; for tests, which cancel <paramref name="token"/>.</summary>
    public StopSignals(CancellationToken token) => token.Register(() => _source.Cancel());

    /// <summary>Cancelled when the program is to stop.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The exit code of a run that was stopped.</summary>
    public int ExitCode { get; private set; } = NexusExport.Host.ExitCode.Interrupted;

    /// <inheritdoc/>
    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context, int exitCode)
    {
        if (_source.IsCancellationRequested)
        {
            return;
        }

        context.Cancel = true;
        ExitCode = exitCode;
        _source.Cancel();
    }
}
