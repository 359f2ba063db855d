using System.Management.Automation;
using System.Management.Automation.Language;
using NexusExport.Diagnostics;

namespace NexusExport.PowerShell.Completion;

/// <summary>Something that can be typed.</summary>
/// <param name="Name">What it is called in a list, and what the typed beginning is compared with.</param>
internal sealed record Suggestion(string Name)
{
    /// <summary>What is inserted; the name, in quotes where it needs them, unless told.</summary>
    public string Text { get; init; } = Quote(Name);

    /// <summary>One line that explains it.</summary>
    public string ToolTip { get; init; } = Name;

    /// <summary>Whether it can stand in a line: what a record holds may have line breaks, or what moves the cursor.</summary>
    public bool CanBeTyped => !string.IsNullOrEmpty(Name) && VisibleText.Line(Text) == Text && VisibleText.Line(Name) == Name;

    public CompletionResult ToResult() => new(Text, Name, CompletionResultType.ParameterValue, VisibleText.Line(ToolTip));

    /// <summary>
    /// The name as it must be typed: in single quotes, of which PowerShell knows several, unless it is made of letters, digits, dots, hyphens
    /// and underscores only and does not look like a parameter.
    /// </summary>
    internal static string Quote(string name) => !name.StartsWith('-') && name.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_')
        ? name
        : $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'";
}
