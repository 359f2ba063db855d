namespace NexusExport.Host.Lifetime;

/// <summary>What the program ends with; scheduled jobs rely on these numbers.</summary>
internal static class ExitCode
{
    /// <summary>Everything that was asked for is done.</summary>
    public const int Success = 0;

    /// <summary>The command ran to its end, and some record (or tested destination) failed, or a file was no record.</summary>
    public const int Failed = 1;

    /// <summary>The command could not be carried out: usage, configuration, database.</summary>
    public const int CannotRun = 2;

    /// <summary>Everything was done, but what there was to tell could not be written: standard output or standard error is full or closed.</summary>
    public const int NotTold = 3;

    /// <summary>Stopped by Ctrl+C: 128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;

    /// <summary>Stopped by SIGTERM: 128 + 15.</summary>
    public const int Terminated = 143;
}
