using System.Management.Automation;
using NexusExport.PowerShell.Binding;
using NexusExport.PowerShell.Completion;

namespace NexusExport.PowerShell.Cmdlets;

/// <summary>Makes the place that a destination's records go to.</summary>
/// <remarks>
/// <para>Makes the table of a SQL destination (mysql, tidb, postgresql) where it is missing, with the columns that the settings name. What is
/// there already is left as it is. -Verbose says what was made; Test-ExportDestination then tells whether records can go there.</para>
/// <para>Other destinations need nothing made: for them there is an error, NOT_SUPPORTED.</para>
/// </remarks>
/// <example>
/// <para>Shows what would be made.</para>
/// <code>Initialize-ExportDestination tidb -WhatIf</code>
/// </example>
/// <example>
/// <para>Makes the table of a SQL destination, then tests the destination.</para>
/// <code>Initialize-ExportDestination tidb -PassThru | Test-ExportDestination</code>
/// </example>
/// <seealso cref="TestExportDestinationCommand"/>
/// <seealso cref="RegisterExportDestinationCommand"/>
/// <seealso>about_NexusExport_Configuration</seealso>
[Cmdlet(VerbsData.Initialize, "ExportDestination", SupportsShouldProcess = true)]
[OutputType(typeof(DestinationInfo))]
public sealed class InitializeExportDestinationCommand : EngineCmdlet
{
    /// <summary>Names of destinations, enabled or not.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(DestinationNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] DestinationName { get; set; } = [];

    /// <summary>Return the destination.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool TellsWarnings => true;

    /// <inheritdoc/>
    private protected override void Process()
    {
        var chosen = DestinationNames.Select(Engine.Destinations.Describe(), DestinationName, Streams);
        foreach (var destination in chosen.Where(destination => ShouldProcess(destination.DestinationName, "Create the table")))
        {
            Create(destination);
        }
    }

    private void Create(DestinationInfo destination)
    {
        try
        {
            Progress.Status = $"Creating the table of {destination.DestinationName}";
            Streams.WriteVerbose(Pump.Run(token => Engine.Destinations.CreateStorageAsync(destination.DestinationName, token)));
            if (PassThru)
            {
                Streams.WriteObject(destination);
            }
        }
        catch (ExportException ex)
        {
            // The others go on.
            Streams.WriteError(ex.Fault, destination.DestinationName);
        }
    }
}
