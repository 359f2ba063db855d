using System.Collections;
using System.Management.Automation;
using NexusExport.Configuration;

namespace NexusExport.PowerShell.Binding;

/// <summary>What completers know of the configuration. It is read, never the network; where it cannot be read there is nothing to offer.</summary>
internal static class ConfiguredEngine
{
    private static readonly TimeSpan DisposalGrace = TimeSpan.FromSeconds(1);

    /// <summary>The names that begin with what is typed, as they must be typed.</summary>
    public static IEnumerable<CompletionResult> Complete(
        string wordToComplete, IDictionary boundParameters, Func<ExportEngine, IReadOnlyList<string>> namesOf)
    {
        var typed = wordToComplete.Trim('\'', '"');
        return Names(boundParameters["ConfigPath"]?.ToString(), namesOf)
            .Where(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(name => new CompletionResult(Quote(name), name, CompletionResultType.ParameterValue, name));
    }

    /// <summary>The name as it must be typed: in single quotes unless it is made of letters, digits, dots, hyphens and underscores only.</summary>
    internal static string Quote(string name) =>
        name.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_') ? name : $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";

    private static IReadOnlyList<string> Names(string? configPath, Func<ExportEngine, IReadOnlyList<string>> namesOf)
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
                return [.. namesOf(engine)];
            }
            finally
            {
                engine.DisposeAsync().AsTask().Wait(DisposalGrace);
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
