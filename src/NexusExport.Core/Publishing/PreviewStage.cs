using System.Globalization;
using NexusExport.Documents;

namespace NexusExport.Publishing;

/// <summary>Stage 4: shows what would be sent. Makes no call.</summary>
internal static class PreviewStage
{
    /// <summary>Lines of the content that are shown.</summary>
    public const int MaxLines = 50;

    // A document without line breaks is one line; nobody reads a megabyte of it.
    private const int MaxCharacters = 10_000;

    private static readonly string[] Units = ["bytes", "KiB", "MiB", "GiB"];

    /// <param name="document">The document.</param>
    /// <param name="validation">What validation said about it.</param>
    /// <param name="destinationName">Name of the destination.</param>
    /// <param name="destinationType">Its type.</param>
    /// <param name="alreadyExported">Whether the destination has this very content already and nothing would be sent.</param>
    public static PreviewRendered Execute(
        ExportDocument document, ValidationResult validation, string destinationName, string destinationType, bool alreadyExported)
    {
        var text = document.Content.Text;
        var lineCount = CountLines(text);
        return new(Summarize(document, validation, destinationName, alreadyExported))
        {
            ContentPreview = FirstLines(text, lineCount),
            FileName = document.FileName,
            DestinationName = destinationName,
            DestinationType = destinationType,
            ContentHash = document.Content.ContentHash,
            FileSizeBytes = document.Content.Bytes.Length,
            TokenCount = document.Statistics.TokenCount,
            LineCount = lineCount,
            AlreadyExported = alreadyExported,
            ValidationPassed = validation.Passed,
            ValidationErrors = validation.Errors,
            ValidationWarnings = validation.Warnings,
        };
    }

    private static string Summarize(ExportDocument document, ValidationResult validation, string destinationName, bool alreadyExported)
    {
        if (!validation.Passed)
        {
            // The message begins with the file's name.
            return $"Refuse {validation.Errors[0].Message}";
        }

        return alreadyExported
            ? $"Skip {document.FileName}: already exported to {destinationName}"
            : $"Export {document.FileName} ({Size(document.Content.Bytes.Length)}) to {destinationName}";
    }

    private static string Size(double bytes)
    {
        var unit = 0;
        while (bytes >= 1024 && unit < Units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture)} {Units[unit]}");
    }

    /// <summary>The line break at the end of the text does not begin another line.</summary>
    private static int CountLines(string text) => text.AsSpan().Count('\n') + (text.EndsWith('\n') ? 0 : 1);

    private static string FirstLines(string text, int lineCount)
    {
        var end = 0;
        for (var line = 0; line < MaxLines && end < text.Length; line++)
        {
            var lineBreak = text.IndexOf('\n', end);
            end = lineBreak < 0 ? text.Length : lineBreak + 1;
        }

        var shown = text[..Math.Min(end, MaxCharacters)].TrimEnd('\r', '\n') + (end > MaxCharacters ? "…" : string.Empty);
        return lineCount > MaxLines
            ? string.Create(CultureInfo.InvariantCulture, $"{shown}\n… ({lineCount - MaxLines} more lines)")
            : shown;
    }
}
