using System.Management.Automation;
using NexusExport.Configuration;
using NexusExport.Destinations;

namespace NexusExport.PowerShell.Cmdlets;

/// <summary>Writes a commented starter configuration.</summary>
/// <remarks>
/// <para>Writes nexus-export.yaml with every setting explained, a local archive that works at once, and the other destinations ready to be
/// filled in. A file that exists is not replaced unless -Force is given.</para>
/// </remarks>
/// <example>
/// <para>Writes nexus-export.yaml into the current folder.</para>
/// <code>New-ExportConfiguration</code>
/// </example>
/// <example>
/// <para>Writes a configuration elsewhere and tests it.</para>
/// <code>$file = New-ExportConfiguration ~/lab/nexus-export.yaml
/// Test-ExportDestination -ConfigPath $file</code>
/// </example>
/// <seealso cref="GetExportConfigurationCommand"/>
/// <seealso>about_NexusExport_Configuration</seealso>
[Cmdlet(VerbsCommon.New, "ExportConfiguration", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class NewExportConfigurationCommand : CancellableCmdlet
{
    /// <summary>The file to write.</summary>
    /// <value>./nexus-export.yaml</value>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "nexus-export.yaml";

    /// <summary>Replace the file if it exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Path;

    /// <inheritdoc/>
    protected override void EndProcessing() => Guard(() =>
    {
        var path = GetUnresolvedProviderPathFromPSPath(Path);
        if (ShouldProcess(path, "Write starter configuration"))
        {
            ConfigurationStarter.WriteAsync(path, BuiltInDestinations.All, Force, StopToken).GetAwaiter().GetResult();
            WriteObject(Item(path));
        }
    });
}
