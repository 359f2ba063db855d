using System.Management.Automation;

namespace NexusExport.PowerShell.Plugins;

/// <summary>
/// One run of a script on the pipeline thread that is stopped when it takes too long or is no longer wanted, as Ctrl+C would stop it.
/// </summary>
internal sealed class TimedScript : IDisposable
{
    private readonly System.Management.Automation.PowerShell _shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
    private static readonly TimeSpan StopInterval = TimeSpan.FromMilliseconds(100);

    private readonly TimeSpan _limit;
    private readonly Timer _timer;
    private volatile bool _isOverdue;
    private volatile bool _isStopped;

    /// <param name="limit">How long it may run, from its first line on.</param>
    public TimedScript(TimeSpan limit)
    {
        _limit = limit;
        _timer = new(_ => StopOrRepeat(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether it was stopped because it took too long.</summary>
    public bool IsOverdue => _isOverdue;

    /// <summary>Runs the script and gives what it wrote. Throws what PowerShell throws, and OperationCanceledException where it was stopped.</summary>
    public IEnumerable<object?> Run(string script, CancellationToken cancellationToken, params object?[] arguments)
    {
        _shell.AddScript(script, useLocalScope: true);
        foreach (var argument in arguments)
        {
            _shell.AddArgument(argument);
        }

        using var whenUnwanted = cancellationToken.Register(Stop);
        _timer.Change(_limit, Timeout.InfiniteTimeSpan);
        try
        {
            var written = new LastWritten();
            _shell.Invoke(input: null, output: written);

            // A script that is stopped from outside ends without an exception, as if it had done all it was to do.
            return _isStopped ? throw new OperationCanceledException("The script was stopped.") : written;
        }
        finally
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _shell.Dispose();
    }

    private void StopOrRepeat()
    {
        _isOverdue |= !_isStopped;
        Stop();
    }

    // Not PowerShell's Stop(), which waits for the script: one that is inside a .NET call ends when that returns. A stop that comes just before
    // the script begins is lost, so it is repeated until the script has ended.
    private void Stop()
    {
        _isStopped = true;
        try
        {
            _shell.BeginStop(null, null);
            _timer.Change(StopInterval, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // It has ended meanwhile.
        }
    }
}
