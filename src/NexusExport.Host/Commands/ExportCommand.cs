using System.CommandLine;
using NexusExport.Configuration;
using NexusExport.Host.Export;
using NexusExport.Host.Lifetime;
using NexusExport.Routing;

namespace NexusExport.Host.Commands;

/// <summary>nexus-export export: sends records to their destinations.</summary>
internal sealed class ExportCommand : EngineCommand
{
    /// <summary>What it is called on the command line.</summary>
    public const string CommandName = "export";

    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "Record files, or folders of them (default: the configured records folder).",
        Arity = ArgumentArity.ZeroOrMore,
        Validators = { OptionValues.RefuseOptions },
    };

    private readonly Option<ExportStrategy?> _strategy = new("--strategy")
    {
        Description = "What counts as success: all, first_success or best_effort (default: as configured).",
        HelpName = "all|first_success|best_effort",
        CustomParser = OptionValues.Strategy,
    };

    private readonly Option<string[]> _destinations = new("--destination")
    {
        Description = "Only these destinations; may be given several times, wildcards allowed (default: every enabled one).",
        HelpName = "NAME",
    };

    private readonly Option<int?> _throttleLimit = new("--throttle-limit")
    {
        Description = "Calls of one destination at once (default: as configured, else 4).",
        HelpName = "N",
        CustomParser = result => OptionValues.Count(result, ExportSettings.MostAtOnce),
    };

    private readonly Option<bool> _force = new("--force") { Description = "Send what is already there, too, without looking first: most destinations then hold it twice." };
    private readonly Option<bool> _whatIf = new("--what-if") { Description = "Show what would be sent; send nothing and write nothing." };
    private readonly Option<bool> _json = CommonOptions.Json("result");

    public ExportCommand(HostContext context, CommonOptions common, StopSignals stop)
        : base(CommandName, "Export records to their destinations.", context, common, stop)
    {
        Add(_paths);
        Add(_strategy);
        Add(_destinations);
        Add(_throttleLimit);
        Add(_force);
        Add(_whatIf);
        Add(_json);
    }

    /// <inheritdoc/>
    protected override Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var parsed = run.Parsed;
        var paths = NamedPaths.Resolve(parsed.GetValue(_paths) ?? [], run.Context.Environment.WorkingDirectory, run.Engine.Settings);
        var plan = run.Engine.Exports.Plan(new ExportRequest
        {
            DestinationName = parsed.GetValue(_destinations) ?? [],
            Strategy = parsed.GetValue(_strategy),
            Force = parsed.GetValue(_force),
        });
        var json = parsed.GetValue(_json);
        return parsed.GetValue(_whatIf)
            ? new PreviewRun(run, plan, paths, json).RunAsync(cancellationToken)
            : new ExportRun(run, plan, paths, json).RunAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override int? ThrottleLimit(ParseResult parsed) => parsed.GetValue(_throttleLimit);
}
