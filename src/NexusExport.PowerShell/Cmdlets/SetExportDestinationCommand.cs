using System.Collections;
using System.Management.Automation;
using NexusExport.PowerShell.Binding;
using NexusExport.PowerShell.Completion;

namespace NexusExport.PowerShell.Cmdlets;

/// <summary>Changes a registered destination.</summary>
/// <remarks>
/// <para>Changes what is given and leaves the rest. In -Setting, a setting with the value $null goes back to its default. The destination as it
/// will be is checked and, if it is enabled, tested first; if either fails, nothing is changed.</para>
/// <para>Only registered destinations can be changed; one of nexus-export.yaml or of a variable is changed there.</para>
/// </remarks>
/// <example>
/// <para>Stops sending records to a destination for a while, and goes on.</para>
/// <code>Set-ExportDestination archive -Disabled
/// Set-ExportDestination archive -Disabled:$false</code>
/// </example>
/// <example>
/// <para>Changes one setting of a server that is not reached from here yet, and takes another one back to its default.</para>
/// <code>Set-ExportDestination cdcs -Setting @{ url = 'https://cdcs.example.org'; workspace = $null } -SkipTest -PassThru</code>
/// </example>
/// <seealso cref="RegisterExportDestinationCommand"/>
/// <seealso cref="UnregisterExportDestinationCommand"/>
/// <seealso cref="GetExportDestinationCommand"/>
/// <seealso>about_NexusExport_Configuration</seealso>
[Cmdlet(VerbsCommon.Set, "ExportDestination", SupportsShouldProcess = true)]
[OutputType(typeof(DestinationInfo))]
public sealed class SetExportDestinationCommand : EngineCmdlet
{
    /// <summary>Names of registered destinations.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(RegisteredDestinationNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] DestinationName { get; set; } = [];

    /// <summary>Another kind of destination; settings that it does not know must be set to $null.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(DestinationTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Type { get; set; }

    /// <summary>Settings to change, by name; $null for the default. Secrets are references.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SettingCompleter))]
    public Hashtable? Setting { get; set; }

    /// <summary>0 to 1000; higher runs first.</summary>
    [Parameter]
    [ValidateRange(0, 1000)]
    public int? Priority { get; set; }

    /// <summary>Names of destinations whose results it uses; with a question mark where it can do without. An empty list for none.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(DestinationNameCompleter))]
    public string[]? DependsOn { get; set; }

    /// <summary>Send no records there; -Disabled:$false sends them again.</summary>
    [Parameter]
    public SwitchParameter Disabled { get; set; }

    /// <summary>Do not test the destination first.</summary>
    [Parameter]
    public SwitchParameter SkipTest { get; set; }

    /// <summary>Return the changed destination.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool TellsWarnings => true;

    /// <inheritdoc/>
    private protected override void Process()
    {
        var settings = SettingTable.Read(Setting);
        foreach (var name in DestinationName.Where(name => ShouldProcess(name, "Change registered destination")))
        {
            Change(new(name)
            {
                Type = Type,
                Settings = settings,
                Priority = Priority,
                DependsOn = DependsOn,
                Enabled = MyInvocation.BoundParameters.ContainsKey(nameof(Disabled)) ? !Disabled : null,
            });
        }
    }

    private void Change(DestinationDefinition definition)
    {
        try
        {
            Progress.Status = $"{(SkipTest ? "Changing" : "Testing")} {definition.Name}";
            var changed = Pump.Run(token => Engine.Destinations.SetAsync(definition, !SkipTest, token));
            if (PassThru)
            {
                Streams.WriteObject(changed);
            }
        }
        catch (ExportException ex)
        {
            // The others go on.
            Streams.WriteError(ex.Fault, definition.Name);
        }
    }
}
