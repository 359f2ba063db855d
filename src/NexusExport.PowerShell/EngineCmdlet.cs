using System.Management.Automation;
using NexusExport.Configuration;
using NexusExport.PowerShell.Binding;
using NexusExport.PowerShell.Plugins;
using NexusExport.PowerShell.Pumping;

namespace NexusExport.PowerShell;

/// <summary>A cmdlet that works with the configured engine and pumps its asynchronous work.</summary>
public abstract class EngineCmdlet : CancellableCmdlet
{
    private static readonly TimeSpan DisposalGrace = TimeSpan.FromSeconds(5);

    private ExportEngine? _engine;
    private CmdletPump? _pump;
    private ProgressTracker? _progress;

    /// <summary>The configuration file. Without it the usual places are searched: NEXUSEXPORT_CONFIG, ./nexus-export.yaml, the user's and the machine's configuration folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ConfigPath { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => ConfigPath ?? _engine?.Settings.ConfigFile ?? WorkingDirectory;

    private protected ExportEngine Engine => _engine!;

    private protected CmdletPump Pump => _pump!;

    private protected ProgressTracker Progress => _progress!;

    private protected ICmdletStreams Streams { get; private set; } = null!;

    /// <summary>Whether the configuration's warnings are shown as such (cmdlets that call destinations) or verbosely.</summary>
    private protected virtual bool TellsWarnings => false;

    /// <summary>Whether the configuration's notices are shown as warnings or verbosely.</summary>
    private protected virtual bool TellsNotices => false;

    /// <summary>Records under way at once; null for the configured number.</summary>
    private protected virtual int? RecordsAtOnce => null;

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Guard(() =>
    {
        Open();
        Begin();
    });

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(() =>
    {
        try
        {
            End();
            Pump.Finish();
        }
        finally
        {
            BeforeFailing();
        }
    });

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _pump?.Dispose();
            _engine?.DisposeAsync().AsTask().Wait(DisposalGrace);
        }

        base.Dispose(disposing);
    }

    private protected virtual void Begin()
    {
    }

    private protected abstract void Process();

    private protected virtual void End()
    {
    }

    /// <inheritdoc/>
    private protected override void BeforeFailing()
    {
        try
        {
            _progress?.Complete();
        }
        catch (PipelineStoppedException)
        {
            // The pipeline is being stopped: PowerShell takes the display away itself.
        }
    }

    private void Open()
    {
        Streams = new CmdletStreams(this);
        _progress = new(Streams, TimeProvider.System, MyInvocation.MyCommand.Name);
        _pump = new(Streams, StopToken) { Waiting = _progress.Refresh };
        var vault = new VaultReader(InvokeCommand);
        _engine = ExportEngine.Open(new()
        {
            ConfigPath = ConfigPath is null ? null : GetUnresolvedProviderPathFromPSPath(ConfigPath),
            Environment = HostEnvironment.FromProcess(WorkingDirectory),
            Log = _pump,
            ThrottleLimit = RecordsAtOnce,
            Scripts = new PowerShellPluginHost(InvokeCommand, _pump),
            VaultSecret = (name, secret) => _pump.Ask(() => vault.Read(name, secret)),
        });
        Tell(_engine.Settings.Warnings, TellsWarnings);
        Tell(_engine.Settings.Notices, TellsNotices);
    }

    private void Tell(IReadOnlyList<string> texts, bool asWarning)
    {
        Action<string> write = asWarning ? Streams.WriteWarning : Streams.WriteVerbose;
        foreach (var text in texts)
        {
            write(text);
        }
    }
}
