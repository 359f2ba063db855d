using System.CommandLine;
using NexusExport.Configuration;
using NexusExport.Destinations;
using NexusExport.Host.Diagnostics;
using NexusExport.Host.Lifetime;
using Spectre.Console;

namespace NexusExport.Host.Commands;

/// <summary>nexus-export config new: writes a commented configuration file to start from. Reads none, so it works where one is broken.</summary>
internal sealed class ConfigNewCommand : HostCommand
{
    private readonly Argument<string> _file = new("FILE")
    {
        Description = "Where to write it (default: nexus-export.yaml in the working directory).",
        DefaultValueFactory = _ => "nexus-export.yaml",
        Validators = { OptionValues.RefuseOptions },
    };

    private readonly Option<bool> _force = new("--force") { Description = "Replace the file if there is one." };

    public ConfigNewCommand(HostContext context, CommonOptions common, StopSignals stop)
        : base("new", "Write a commented configuration file to start from.", context, common, stop)
    {
        Add(_file);
        Add(_force);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, DiagnosticLog log, IAnsiConsole? errorConsole, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(parsed.GetValue(_file)!, Context.Environment.WorkingDirectory);
        await ConfigurationStarter.WriteAsync(path, BuiltInDestinations.All, parsed.GetValue(_force), cancellationToken);
        await Context.Out.WriteLineAsync(VisibleText.Line(path));
        return ExitCode.Success;
    }
}
