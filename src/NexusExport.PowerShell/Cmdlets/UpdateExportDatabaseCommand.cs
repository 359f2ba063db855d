using System.Management.Automation;

namespace NexusExport.PowerShell.Cmdlets;

/// <summary>Brings the database up to date.</summary>
/// <remarks>
/// <para>Applies the steps that the database still needs and tells which they were. Most are done by any export, too; a step that rebuilds a
/// table of NexusLIMS is done by this command only, after a backup copy was made and after asking. -Confirm:$false does not ask, for
/// scheduled tasks; where nobody can be asked, give it.</para>
/// <para>With -WhatIf the steps are shown and nothing is written. A database that is up to date gives nothing.</para>
/// </remarks>
/// <example>
/// <para>Shows what would be done.</para>
/// <code>Update-ExportDatabase -WhatIf</code>
/// </example>
/// <example>
/// <para>Brings the database up to date without asking.</para>
/// <code>Update-ExportDatabase -Confirm:$false</code>
/// </example>
/// <seealso cref="GetExportConfigurationCommand"/>
/// <seealso>about_NexusExport_Configuration</seealso>
[Cmdlet(VerbsData.Update, "ExportDatabase", SupportsShouldProcess = true)]
[OutputType(typeof(DatabaseUpgradeStep))]
public sealed class UpdateExportDatabaseCommand : EngineCmdlet
{
    /// <inheritdoc/>
    private protected override void Process()
    {
        Progress.Status = $"Looking at {Engine.Settings.DatabasePath}";
        var steps = Pump.Run(token => Engine.Database.UpgradeAsync(apply: false, token));
        if (steps.Count == 0)
        {
            WriteVerbose("The database is up to date.");
        }
        else if (steps.Count(step => ShouldProcess(step.Database, step.Description)) < steps.Count)
        {
            // Steps build upon each other: all are done or none.
            WriteObject(steps, enumerateCollection: true);
        }
        else if (MayRebuild(steps.Where(step => step.RebuildsForeignTable).ToList()))
        {
            WriteObject(Pump.Run(token => Engine.Database.UpgradeAsync(apply: true, token)), enumerateCollection: true);
        }
    }

    private bool MayRebuild(List<DatabaseUpgradeStep> rebuilds) =>
        rebuilds.Count == 0
        || MyInvocation.BoundParameters.ContainsKey("Confirm")
        || ShouldContinue(
            $"{string.Join("; ", rebuilds.Select(step => step.Description))}.",
            $"Rebuild a table of NexusLIMS in {rebuilds[0].Database}?");
}
