using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using NexusExport.Configuration;

namespace NexusExport.PowerShell.Binding;

/// <summary>Completes names of configured destinations. Reads the configuration, never the network; where that cannot be read there is nothing to offer.</summary>
public sealed class DestinationNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var typed = wordToComplete.Trim('\'', '"');
        return Names(fakeBoundParameters["ConfigPath"]?.ToString())
            .Where(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(name => new CompletionResult(Quote(name), name, CompletionResultType.ParameterValue, name));
    }

    /// <summary>The name as it must be typed: in single quotes unless it is made of letters, digits, dots, hyphens and underscores only.</summary>
    internal static string Quote(string name) =>
        name.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_') ? name : $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";

    private static IReadOnlyList<string> Names(string? configPath)
    {
        try
        {
            var location = Location();
            var engine = ExportEngine.Open(new()
            {
                ConfigPath = configPath is null ? null : Path.GetFullPath(configPath, location),
                Environment = HostEnvironment.FromProcess(location),
            });
            try
            {
                return [.. engine.DestinationNames];
            }
            finally
            {
                engine.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(1));
            }
        }
        catch (Exception)
        {
            // An error in the middle of typing helps nobody; running the command tells what is wrong.
            return [];
        }
    }

    private static string Location()
    {
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        var location = shell.AddCommand("Get-Location").AddParameter("PSProvider", "FileSystem").Invoke<PathInfo>();
        return location[0].ProviderPath;
    }
}
