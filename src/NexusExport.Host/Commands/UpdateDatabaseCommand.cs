using System.CommandLine;
using NexusExport.Host.Export;
using NexusExport.Host.Lifetime;
using NexusExport.Host.Reporting;

namespace NexusExport.Host.Commands;

/// <summary>nexus-export update-database: brings the database up to date, a NexusLIMS one included.</summary>
internal sealed class UpdateDatabaseCommand : EngineCommand
{
    private static readonly ListingColumn<DatabaseUpgradeStep>[] Columns =
    [
        new("Done", 4, step => step.Applied ? "yes" : "no"),
        new("Step", 40, step => step.Description),
        new("Backup", 20, step => step.BackupPath),
    ];

    private readonly Option<bool> _whatIf = new("--what-if") { Description = "Show the steps; change nothing." };
    private readonly Option<bool> _json = CommonOptions.Json("step");

    public UpdateDatabaseCommand(HostContext context, CommonOptions common, StopSignals stop)
        : base("update-database", "Bring the database up to date (a backup copy is made where NexusLIMS's own tables change).", context, common, stop)
    {
        Add(_whatIf);
        Add(_json);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var steps = await run.Engine.Database.UpgradeAsync(!run.Parsed.GetValue(_whatIf), cancellationToken);
        var listing = Listing.For(run.Context, run.Parsed.GetValue(_json), Columns);
        foreach (var step in steps)
        {
            listing.Write(step);
        }

        if (steps.Count == 0)
        {
            run.Log.Notice("DatabaseUpToDate", $"The database {run.Engine.Settings.DatabasePath} is up to date.");
        }

        return ExitCode.Success;
    }
}
