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

        text.Append(diagnostic.Message);
        if (diagnostic.Code is not null)
        {
            text.Append(" [").Append(diagnostic.Code).Append(']');
        }

        if (diagnostic.RecommendedAction is not null)
        {
            text.AppendLine().Append("  ").Append(diagnostic.RecommendedAction);
        }

        if (diagnostic.Detail is not null)
        {
            text.AppendLine().Append(diagnostic.Detail);
        }

        writeLine(text.ToString());
    }
}
