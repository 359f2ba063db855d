using System.Management.Automation;
using NexusExport.PowerShell.Binding;
using NexusExport.PowerShell.Completion;

namespace NexusExport.PowerShell.Cmdlets;

/// <summary>Gets the configured destinations in the order in which they run.</summary>
/// <remarks>
/// <para>Lists enabled destinations in running order (priority from high to low, of equal priority what others depend on first, then by
/// name), then disabled ones and those whose settings are faulty, with the reason; a plugin that did not load is among them. DependsOn names
/// the destinations whose results one uses, with a question mark where it can do without. No destination is called.</para>
/// </remarks>
/// <example>
/// <para>Lists all destinations.</para>
/// <code>Get-ExportDestination</code>
/// </example>
/// <example>
/// <para>Shows the settings of one destination; secrets are shown as ***.</para>
/// <code>(Get-ExportDestination cdcs).Settings</code>
/// </example>
/// <seealso cref="TestExportDestinationCommand"/>
/// <seealso cref="GetExportConfigurationCommand"/>
/// <seealso>about_NexusExport_Configuration</seealso>
[Cmdlet(VerbsCommon.Get, "ExportDestination")]
[OutputType(typeof(DestinationInfo))]
public sealed class GetExportDestinationCommand : EngineCmdlet
{
    /// <summary>Names of destinations. Without a name all are listed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(DestinationNameCompleter))]
    [SupportsWildcards]
    public string[] DestinationName { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (var destination in DestinationNames.Select(Engine.Destinations.Describe(), DestinationName, Streams))
        {
            Streams.WriteObject(destination);
        }
    }
}
