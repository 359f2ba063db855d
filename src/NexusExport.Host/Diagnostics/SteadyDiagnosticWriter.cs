using NexusExport.Host.Output;

namespace NexusExport.Host.Diagnostics;

/// <summary>Diagnostics that never end the work they tell of: it is the last place that a failure comes to, and must not fail itself.</summary>
internal sealed class SteadyDiagnosticWriter(IDiagnosticWriter inner, LostReports lost) : IDiagnosticWriter
{
    /// <inheritdoc/>
    public void Write(Diagnostic diagnostic)
    {
        try
        {
            inner.Write(diagnostic);
        }
        catch (Exception exception)
        {
            // A text that cannot be rendered. The upload log has what was done; the exit code tells that this was lost.
            lost.Add("A message", exception);
        }
    }
}
