using System.CommandLine;

namespace NexusExport.Host.Commands;

/// <summary>How diagnostics are written to standard error.</summary>
internal enum LogFormat
{
    Text,
    Json,
}

/// <summary>The options that every command has.</summary>
internal sealed class CommonOptions
{
    /// <summary>The configuration file.</summary>
    public Option<string?> Config { get; } = new("--config")
    {
        Description = "Configuration file (default: NEXUSEXPORT_CONFIG, else nexus-export.yaml here, in the user's or the machine's folder).",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>Whether to tell everything.</summary>
    public Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Tell on standard error what is done, and where an unexpected error came from.",
        Recursive = true,
    };

    /// <summary>How diagnostics are written.</summary>
    public Option<LogFormat> LogFormat { get; } = new("--log-format")
    {
        Description = "How warnings and errors are written to standard error: text (default), or json, one object a line.",
        HelpName = "text|json",
        Recursive = true,
        CustomParser = result => OptionValues.Parse(result, Formats),
    };

    private static IReadOnlyDictionary<string, LogFormat> Formats { get; } = new Dictionary<string, LogFormat>(StringComparer.OrdinalIgnoreCase)
    {
        ["text"] = Commands.LogFormat.Text,
        ["json"] = Commands.LogFormat.Json,
    };

    /// <summary>Gives the options to <paramref name="root"/> and all commands under it.</summary>
    public void AddTo(RootCommand root)
    {
        root.Add(Config);
        root.Add(Verbose);
        root.Add(LogFormat);
    }

    /// <summary>The option that asks a command for JSON on standard output.</summary>
    public static Option<bool> Json(string what) => new("--json")
    {
        Description = $"Write one JSON object a line for each {what} (snake_case names, times as ISO 8601, durations in seconds).",
    };
}
