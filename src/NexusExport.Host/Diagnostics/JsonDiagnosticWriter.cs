using NexusExport.Host.Output;

namespace NexusExport.Host.Diagnostics;

/// <summary>Diagnostics for log collectors: one JSON object a line, absent values left out.</summary>
internal sealed class JsonDiagnosticWriter(TextWriter error) : IDiagnosticWriter
{
    /// <inheritdoc/>
    public void Write(Diagnostic diagnostic) => error.WriteLine(JsonLine.Sparse(diagnostic));
}
