using System.Text;

namespace NexusExport.Host.Diagnostics;

/// <summary>Diagnostics for people: "error: … [CODE]", and what to do about it on a line of its own.</summary>
internal sealed class TextDiagnosticWriter(Action<string> writeLine) : IDiagnosticWriter
{
    /// <inheritdoc/>
    public void Write(Diagnostic diagnostic)
    {
        var text = new StringBuilder();
        if (diagnostic.Level != DiagnosticLog.Summary)
        {
            text.Append(diagnostic.Level).Append(": ");
        }

        text.Append(diagnostic.IsList ? VisibleText.Lines(diagnostic.Message) : VisibleText.Line(diagnostic.Message));
        if (diagnostic.Code is not null && !diagnostic.Message.Contains($"({diagnostic.Code})", StringComparison.Ordinal))
        {
            text.Append(" [").Append(VisibleText.Line(diagnostic.Code)).Append(']');
        }

        if (diagnostic.RecommendedAction is not null)
        {
            text.Append("\n  ").Append(VisibleText.Line(diagnostic.RecommendedAction));
        }

        if (diagnostic.Detail is not null)
        {
            // Indented, so that a message in it cannot stand where one of ours does.
            foreach (var line in diagnostic.Detail.Split('\n'))
            {
                text.Append("\n    ").Append(VisibleText.Line(line.TrimEnd('\r')));
            }
        }

        writeLine(text.ToString());
    }
}
