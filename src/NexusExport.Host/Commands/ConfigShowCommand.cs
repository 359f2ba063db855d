using System.CommandLine;
using System.Globalization;
using NexusExport.Host.Export;
using NexusExport.Host.Lifetime;
using NexusExport.Host.Reporting;

namespace NexusExport.Host.Commands;

/// <summary>nexus-export config show: the effective settings, each with where it came from; secrets are ***.</summary>
internal sealed class ConfigShowCommand : EngineCommand
{
    private static readonly ListingColumn<ExportSetting>[] Columns =
    [
        new("Setting", 34, setting => setting.Name),
        new("Value", 40, setting => Convert.ToString(setting.Value, CultureInfo.InvariantCulture)),
        new("Source", 20, setting => setting.Source),
    ];

    private readonly Option<bool> _json = CommonOptions.Json("setting");

    public ConfigShowCommand(HostContext context, CommonOptions common, StopSignals stop)
        : base("show", "Show the effective settings, each with where it came from.", context, common, stop) => Add(_json);

    /// <inheritdoc/>
    protected override Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var listing = Listing.For(run.Context, run.Parsed.GetValue(_json), Columns);
        foreach (var setting in run.Engine.Settings.Values)
        {
            listing.Write(setting);
        }

        return Task.FromResult(ExitCode.Success);
    }
}
