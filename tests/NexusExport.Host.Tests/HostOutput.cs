namespace NexusExport.Host.Tests;

/// <summary>What a run of the program gave.</summary>
internal sealed record HostOutput(int ExitCode, string Out, string Error)
{
    /// <summary>The lines of standard output.</summary>
    public IReadOnlyList<string> Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
