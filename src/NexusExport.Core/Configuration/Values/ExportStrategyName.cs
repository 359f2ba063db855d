namespace NexusExport.Configuration;

/// <summary>The spellings of a strategy: PowerShell's (BestEffort) and NexusLIMS's (best_effort), in any case.</summary>
internal static class ExportStrategyName
{
    /// <summary>NexusLIMS's spellings, for help texts and completion.</summary>
    public static IReadOnlyList<string> All { get; } = ["all", "first_success", "best_effort"];

    /// <summary>Reads either spelling; false for anything else.</summary>
    public static bool TryParse(string? text, out ExportStrategy strategy)
    {
        var word = text?.Trim().Replace("_", string.Empty, StringComparison.Ordinal).Replace("-", string.Empty, StringComparison.Ordinal);
        strategy = default;
        return word is { Length: > 0 } && word.All(char.IsAsciiLetter) && Enum.TryParse(word, ignoreCase: true, out strategy);
    }
}
