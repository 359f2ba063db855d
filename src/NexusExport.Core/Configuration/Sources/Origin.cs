namespace NexusExport.Configuration.Sources;

/// <summary>Where a value was written.</summary>
/// <param name="Place">The file with its line, "environment", ".env", "database" or "default".</param>
/// <param name="Position">What stands before the colon of an error: file:line:column, or the variable.</param>
/// <param name="Folder">Absolute folder that a relative path in the value starts from.</param>
/// <param name="Variable">The variable's name; null for a value that is no variable's.</param>
internal sealed record Origin(string Place, string Position, string Folder, string? Variable = null)
{
    /// <summary>The place of what was registered.</summary>
    public const string DatabasePlace = DestinationSettings.DatabaseSource;

    /// <summary>What Get-ExportConfiguration shows.</summary>
    public string Source => Variable is null ? Place : $"{Place} {Variable}";

    public static Origin InFile(string file, int line, int column) =>
        new($"{file}:{line}", $"{file}:{line}:{column}", Path.GetDirectoryName(file)!);

    public static Origin InEnvironment(string name, string folder) => new("environment", $"environment variable {name}", folder, name);

    public static Origin InDotEnv(string file, int line, string name) => new(".env", $"{file}:{line}:1", Path.GetDirectoryName(file)!, name);

    public static Origin InPlugin(string path) => new(path, path, Path.GetDirectoryName(path)!);

    public static Origin InDatabase(string destination, string folder) => new(DatabasePlace, $"registered destination '{destination}'", folder);

    public static Origin Default(string folder) => new("default", "default", folder);
}

/// <summary>A value as it was written, with where. A class, because a record would print the text of a secret.</summary>
internal sealed class SettingText(string text, Origin origin)
{
    public string Text { get; } = text;

    public Origin Origin { get; } = origin;
}
