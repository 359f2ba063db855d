namespace NexusExport.Configuration;

/// <summary>The outside world as configuration sees it, so that tests can make their own.</summary>
/// <param name="WorkingDirectory">Absolute path that relative paths of the user start from (in PowerShell the location, not the process's directory).</param>
/// <param name="Variables">Environment variables.</param>
/// <param name="UserConfigDirectory">Folder of the user's nexus-export.yaml.</param>
/// <param name="MachineConfigDirectory">Folder of the machine's nexus-export.yaml.</param>
public sealed record HostEnvironment(
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Variables,
    string UserConfigDirectory,
    string MachineConfigDirectory)
{
    /// <summary>The real one.</summary>
    public static HostEnvironment FromProcess(string? workingDirectory = null)
    {
        var comparer = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        var variables = new Dictionary<string, string>(comparer);
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            variables[(string)entry.Key] = (string?)entry.Value ?? string.Empty;
        }

        var machine = OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "NexusExport")
            : "/etc/nexus-export";
        var user = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "nexus-export");
        return new(workingDirectory ?? Environment.CurrentDirectory, variables, user, machine);
    }
}
