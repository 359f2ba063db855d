namespace NexusExport.Host.Diagnostics;

/// <summary>Puts diagnostics where the user sees them. Called from any thread.</summary>
internal interface IDiagnosticWriter
{
    /// <summary>Writes one.</summary>
    void Write(Diagnostic diagnostic);
}
