using System.Collections;
using System.Management.Automation;
using NexusExport.Configuration;

namespace NexusExport.PowerShell.Completion;

/// <summary>
/// The engine of the configuration that a command being typed would have, for completers. Files and the database are read, never the network.
/// </summary>
internal static class ConfiguredEngine
{
    private static readonly TimeSpan DisposalGrace = TimeSpan.FromSeconds(1);

    /// <summary>What <paramref name="ask"/> finds; nothing where the configuration cannot be read.</summary>
    public static IReadOnlyList<Suggestion> Ask(IDictionary boundParameters, Func<ExportEngine, string, IEnumerable<Suggestion>> ask)
    {
        try
        {
            var location = Location();
            var configPath = boundParameters["ConfigPath"]?.ToString();
            var engine = ExportEngine.Open(new()
            {
                ConfigPath = configPath is null ? null : Path.GetFullPath(configPath, location),
                Environment = HostEnvironment.FromProcess(location),
            });
            try
            {
                return [.. ask(engine, location)];
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
