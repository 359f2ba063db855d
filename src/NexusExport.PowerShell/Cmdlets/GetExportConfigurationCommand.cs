using System.Management.Automation;
using NexusExport.PowerShell.Completion;

namespace NexusExport.PowerShell.Cmdlets;

/// <summary>Gets the effective configuration, each value with its source.</summary>
/// <remarks>
/// <para>Lists every setting with the value that is in force and where it came from: an environment variable, the .env file, a line of the
/// YAML file, or the default. Secrets are shown as ***.</para>
/// </remarks>
/// <example>
/// <para>Lists all settings.</para>
/// <code>Get-ExportConfiguration</code>
/// </example>
/// <example>
/// <para>Shows what is configured for one destination, and where.</para>
/// <code>Get-ExportConfiguration destinations.cdcs.*</code>
/// </example>
/// <seealso cref="NewExportConfigurationCommand"/>
/// <seealso cref="GetExportDestinationCommand"/>
/// <seealso>about_NexusExport_Configuration</seealso>
[Cmdlet(VerbsCommon.Get, "ExportConfiguration")]
[OutputType(typeof(ExportSetting))]
public sealed class GetExportConfigurationCommand : EngineCmdlet
{
    /// <summary>Dotted names of settings, for example export.strategy. Without a name all are listed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(ConfigurationNameCompleter))]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (var name in Name)
        {
            var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
            var found = Engine.Settings.Values.Where(setting => pattern.IsMatch(setting.Name)).ToList();
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                Streams.WriteError(new(ExportErrorCode.ConfigurationInvalid, $"There is no setting '{name}'."), name);
            }

            WriteObject(found, enumerateCollection: true);
        }
    }
}
