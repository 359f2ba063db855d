using System.CommandLine;
using NexusExport.Host.Diagnostics;
using NexusExport.Host.Export;
using NexusExport.Host.Lifetime;
using Spectre.Console;

namespace NexusExport.Host.Commands;

/// <summary>A command that works with the core: opens it and says what there is to know about the configuration.</summary>
internal abstract class EngineCommand(string name, string description, HostContext context, CommonOptions common, StopSignals stop)
    : HostCommand(name, description, context, common, stop)
{
    /// <summary>Does the work and returns an <see cref="ExitCode"/>.</summary>
    protected abstract Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken);

    /// <summary>Calls of one destination at once, where the command line says it; null for the configured number.</summary>
    protected virtual int? ThrottleLimit(ParseResult parsed) => null;

    /// <inheritdoc/>
    protected sealed override async Task<int> RunAsync(
        ParseResult parsed,
        DiagnosticLog log,
        IAnsiConsole? errorConsole,
        CancellationToken cancellationToken)
    {
        await using var engine = ExportEngine.Open(new EngineOptions
        {
            ConfigPath = parsed.GetValue(Common.Config),
            Environment = Context.Environment,
            ThrottleLimit = ThrottleLimit(parsed),
            Log = log,
            Time = Context.Time,
        });
        foreach (var warning in engine.Settings.Warnings)
        {
            log.Warning("Configuration", warning);
        }

        foreach (var notice in engine.Settings.Notices)
        {
            log.Notice("Configuration", notice);
        }

        return await RunAsync(new CommandRun(Context, parsed, engine, log, errorConsole), cancellationToken);
    }
}
