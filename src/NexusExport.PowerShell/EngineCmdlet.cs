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
    private string? _openedWith;

    /// <summary>
    /// The configuration file. Without it, objects from the pipeline are worked on under the configuration that they were made under; else the usual
    /// places are searched: NEXUSEXPORT_CONFIG, ./nexus-export.yaml, the user's and the machine's configuration folder.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
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

    /// <summary>Calls of one destination at once; null for the configured number.</summary>
    private protected virtual int? CallsAtOnce => null;

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Guard(() =>
    {
        Streams = new CmdletStreams(this, () => _engine?.Settings.ConfigFile);
        BeforeInput();
        var isGiven = MyInvocation.BoundParameters.ContainsKey(nameof(ConfigPath));
        if (isGiven && string.IsNullOrWhiteSpace(ConfigPath))
        {
            throw new ExportException(ExportErrorCode.ConfigurationNotFound, "-ConfigPath names no file: it is empty.");
        }

        // Objects that come bring their configuration with them, unless one is given here.
        if (isGiven || !MyInvocation.ExpectingInput)
        {
            OpenRun();
        }
    });

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(() =>
    {
        if (_engine is null)
        {
            OpenRun();
        }
        else if (ConfigFile() is var file && file != _openedWith && file != _engine.Settings.ConfigFile)
        {
            CloseRun();
            OpenRun();
        }

        Process();
    });

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(() =>
    {
        if (_engine is null)
        {
            OpenRun();
        }

        CloseRun();
        End();
    });

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Release();
        }

        base.Dispose(disposing);
    }

    /// <summary>Called before anything comes through the pipeline: what is bound now stands in the command.</summary>
    private protected virtual void BeforeInput()
    {
    }

    /// <summary>Called when a configuration is opened; mostly once.</summary>
    private protected virtual void Begin()
    {
    }

    private protected abstract void Process();

    /// <summary>Called when all objects that belong to the opened configuration have come. What is under way is waited for after it.</summary>
    private protected virtual void Complete()
    {
    }

    /// <summary>Called when what was under way has ended, also where it ended by a failure; what is left to tell is told here. May be called twice.</summary>
    private protected virtual void Conclude()
    {
    }

    /// <summary>Called once, at the very end.</summary>
    private protected virtual void End()
    {
    }

    /// <inheritdoc/>
    private protected override void BeforeFailing()
    {
        HideProgress();
        Conclude();
    }

    private void HideProgress()
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

    private string? ConfigFile() => string.IsNullOrWhiteSpace(ConfigPath) ? null : GetUnresolvedProviderPathFromPSPath(ConfigPath);

    private void OpenRun()
    {
        Open();
        Begin();
    }

    private void CloseRun()
    {
        try
        {
            Complete();
            Pump.Finish();
        }
        finally
        {
            HideProgress();
        }

        Conclude();
        Release();
    }

    private void Release()
    {
        _pump?.Dispose();
        _engine?.DisposeAsync().AsTask().Wait(DisposalGrace);
        (_pump, _engine) = (null, null);
    }

    private void Open()
    {
        _openedWith = ConfigFile();
        _progress = new(Streams, TimeProvider.System, MyInvocation.MyCommand.Name);
        _pump = new(Streams, StopToken) { Waiting = _progress.Refresh };
        var vault = new VaultReader(InvokeCommand);
        _engine = ExportEngine.Open(new()
        {
            ConfigPath = _openedWith,
            Environment = HostEnvironment.FromProcess(WorkingDirectory),
            Log = _pump,
            ThrottleLimit = CallsAtOnce,
            Scripts = new PowerShellPluginHost(_pump, StopToken),
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
