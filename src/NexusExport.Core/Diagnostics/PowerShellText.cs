namespace NexusExport.Diagnostics;

/// <summary>Text for a line that somebody runs in PowerShell.</summary>
public static class PowerShellText
{
    /// <summary>The text in single quotes, of which PowerShell knows five: typographic ones end a text, too.</summary>
    public static string Quoted(string text) => $"'{string.Concat(text.Select(letter => new string(letter, IsQuote(letter) ? 2 : 1)))}'";

    private static bool IsQuote(char letter) => letter is '\'' or (>= '\u2018' and <= '\u201B');
}
