using System.Collections;
using System.Management.Automation;
using NexusExport.PowerShell.Binding;
using NexusExport.PowerShell.Completion;

namespace NexusExport.PowerShell.Cmdlets;

/// <summary>Registers a destination in the database.</summary>
/// <remarks>
/// <para>A registered destination stands beside those of nexus-export.yaml and is used like them by everybody who uses the database, which is
/// made if it is missing. The settings are checked first, then the destination is tested; if either fails, the error says which setting is
/// wrong or what the test met, and nothing is stored.</para>
/// <para>Settings are the ones that the type has in nexus-export.yaml, timeout_ms among them. Relative paths start from the current location.
/// A secret is written as a reference (env:NAME, file:PATH or secret:VAULT/NAME); a secret itself is refused.</para>
/// <para>Where nothing was configured before, records were archived in the folder exports. That ends with the first destination that is
/// registered: -WhatIf and -Confirm say so, a warning does, and it names the command that registers that archive, too.</para>
/// <para>A name that nexus-export.yaml or a variable gives to a destination cannot be registered. If it gets there later, the configured one
/// is used, with a warning.</para>
/// </remarks>
/// <example>
/// <para>Registers a folder as a destination.</para>
/// <code>Register-ExportDestination archive local -Setting @{ base_path = './archive' }</code>
/// </example>
/// <example>
/// <para>Registers a CDCS server and a notebook that links to its records, neither of which is reached from here.</para>
/// <code>Register-ExportDestination cdcs cdcs -Setting @{ url = 'https://cdcs.example.org'; token = 'env:CDCS_TOKEN' } -SkipTest
/// $settings = @{ url = 'https://eln.example.org'; api_key = 'secret:Lab/elabftw' }
/// Register-ExportDestination notebook elabftw -Setting $settings -DependsOn 'cdcs?' -SkipTest</code>
/// </example>
/// <seealso cref="SetExportDestinationCommand"/>
/// <seealso cref="UnregisterExportDestinationCommand"/>
/// <seealso cref="GetExportDestinationCommand"/>
/// <seealso>about_NexusExport_Configuration</seealso>
[Cmdlet(VerbsLifecycle.Register, "ExportDestination", SupportsShouldProcess = true)]
[OutputType(typeof(DestinationInfo))]
public sealed class RegisterExportDestinationCommand : EngineCmdlet
{
    /// <summary>Name of the new destination: letters, digits, dots, underscores and hyphens, at most 100. Case does not count.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(DestinationTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string DestinationName { get; set; } = "";

    /// <summary>What kind of destination it is, for example local or cdcs.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DestinationTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string Type { get; set; } = "";

    /// <summary>Settings of the type by name. Secrets are references.</summary>
    /// <value>The type's defaults</value>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SettingCompleter))]
    public Hashtable? Setting { get; set; }

    /// <summary>0 to 1000; higher runs first.</summary>
    /// <value>The type's priority</value>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, 1000)]
    public int? Priority { get; set; }

    /// <summary>Names of destinations whose results it uses; with a question mark where it can do without.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DestinationNameCompleter))]
    public string[]? DependsOn { get; set; }

    /// <summary>Register it without sending records there yet.</summary>
    [Parameter]
    public SwitchParameter Disabled { get; set; }

    /// <summary>Do not test the destination first.</summary>
    [Parameter]
    public SwitchParameter SkipTest { get; set; }

    /// <summary>Return the registered destination.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool TellsWarnings => true;

    /// <inheritdoc/>
    private protected override void Process()
    {
        try
        {
            var definition = new DestinationDefinition(DestinationName)
            {
                Type = Type,
                Settings = SettingTable.Read(Setting),
                Priority = Priority,
                DependsOn = DependsOn,
                Enabled = !Disabled,
            };
            var ending = Engine.Destinations.ArchiveEndedBy(definition) is { } archive ? $"; records are then no longer archived in {archive}" : string.Empty;
            if (ShouldProcess(DestinationName, $"Register {Type} destination{ending}"))
            {
                Register(definition);
            }
        }
        catch (ExportException ex)
        {
            // Of several from a file, the others go on.
            Streams.WriteError(ex.Fault, DestinationName);
        }
    }

    private void Register(DestinationDefinition definition)
    {
        Progress.Status = $"{(SkipTest ? "Registering" : "Testing")} {DestinationName}";
        var registered = Pump.Run(token => Engine.Destinations.RegisterAsync(definition, !SkipTest, token));
        if (PassThru)
        {
            Streams.WriteObject(registered);
        }
    }
}
