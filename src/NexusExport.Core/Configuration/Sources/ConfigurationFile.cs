namespace NexusExport.Configuration.Sources;

/// <summary>Finds the configuration file.</summary>
internal static class ConfigurationFile
{
    /// <summary>Its name in the working directory and in the configuration folders.</summary>
    public const string Name = "nexus-export.yaml";

    /// <summary>Names a configuration file, as -ConfigPath and --config do.</summary>
    public const string Variable = "NEXUSEXPORT_CONFIG";

    /// <summary>Full path of the file to read; null where there is none. Throws CONFIGURATION_NOT_FOUND if a named one is missing.</summary>
    public static string? Find(string? configPath, HostEnvironment environment, VariableSet variables)
    {
        var paths = new UserPath(environment);
        if (!string.IsNullOrEmpty(configPath))
        {
            return Named(paths.Resolve(configPath, environment.WorkingDirectory), "named for this run");
        }

        if (variables.Find(Variable) is { } variable)
        {
            return Named(paths.Resolve(variable.Text, variable.Origin.Folder), $"named by {Variable}");
        }

        return new[] { environment.WorkingDirectory, environment.UserConfigDirectory, environment.MachineConfigDirectory }
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.GetFullPath(Path.Combine(folder, Name)))
            .FirstOrDefault(File.Exists);
    }

    private static string Named(string path, string by) =>
        File.Exists(path)
            ? path
            : throw new ExportException(ExportErrorCode.ConfigurationNotFound, $"The configuration file {path}, {by}, does not exist.");
}
