using System.Management.Automation;

namespace NexusExport.PowerShell.Completion;

/// <summary>Something that can be typed.</summary>
/// <param name="Name">What it is called in a list, and what the typed beginning is compared with.</param>
internal sealed record Suggestion(string Name)
{
    /// <summary>What is inserted; the name, in quotes where it needs them, unless told.</summary>
    public string Text { get; init; } = Quote(Name);

    /// <summary>One line that explains it.</summary>
    public string ToolTip { get; init; } = Name;

    public CompletionResult ToResult() => new(Text, Name, CompletionResultType.ParameterValue, ToolTip);

    /// <summary>The name as it must be typed: in single quotes unless it is made of letters, digits, dots, hyphens and underscores only.</summary>
    internal static string Quote(string name) =>
        name.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_') ? name : $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";
}
