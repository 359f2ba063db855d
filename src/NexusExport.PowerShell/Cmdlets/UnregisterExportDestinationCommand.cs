using System.Management.Automation;
using NexusExport.PowerShell.Completion;

namespace NexusExport.PowerShell.Cmdlets;

/// <summary>Removes a registered destination.</summary>
/// <remarks>
/// <para>Takes a destination out of the database for good, its settings with it, and asks before unless -Confirm:$false is given. What was
/// exported there stays there, and the upload log and the jobs stay, too: a destination that is registered again under the same name has
/// what it had. To stop sending records for a while, use Set-ExportDestination -Disabled.</para>
/// <para>Only registered destinations can be removed, and not while others depend on them; one of nexus-export.yaml or of a variable is
/// removed there.</para>
/// </remarks>
/// <example>
/// <para>Removes a destination.</para>
/// <code>Unregister-ExportDestination archive</code>
/// </example>
/// <example>
/// <para>Removes the registered destinations of a project without asking.</para>
/// <code>Get-ExportDestination project-* | Where-Object Source -eq database | Unregister-ExportDestination -Confirm:$false</code>
/// </example>
/// <seealso cref="RegisterExportDestinationCommand"/>
/// <seealso cref="SetExportDestinationCommand"/>
/// <seealso cref="GetExportDestinationCommand"/>
/// <seealso>about_NexusExport_Configuration</seealso>
[Cmdlet(VerbsLifecycle.Unregister, "ExportDestination", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DestinationInfo))]
public sealed class UnregisterExportDestinationCommand : EngineCmdlet
{
    /// <summary>Names of registered destinations.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(RegisteredDestinationNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] DestinationName { get; set; } = [];

    /// <summary>Return the destination as it was.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (var name in DestinationName.Where(name => ShouldProcess(name, "Unregister destination")))
        {
            Remove(name);
        }
    }

    private void Remove(string name)
    {
        try
        {
            var removed = Pump.Run(token => Engine.Destinations.UnregisterAsync(name, token));
            if (PassThru)
            {
                Streams.WriteObject(removed);
            }
        }
        catch (ExportException ex)
        {
            // The others go on.
            Streams.WriteError(ex.Fault, name);
        }
    }
}
