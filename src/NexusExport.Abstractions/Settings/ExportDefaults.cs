namespace NexusExport;

/// <summary>What holds where nobody says otherwise: for a run with a configuration and for a destination that is used by itself.</summary>
internal static class ExportDefaults
{
    /// <summary>Calls of one destination at once.</summary>
    public const int ThrottleLimit = 4;

    /// <summary>Attempts at one destination, the first included.</summary>
    public const int MaxAttempts = 3;

    /// <summary>
    /// The longest record, in characters. The specification's million is for documents that people read; a session of many datasets has records
    /// of several.
    /// </summary>
    public const int MaxContentLength = 50_000_000;

    /// <summary>Time-out of one call.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait for a destination that asks for a pause or has reached its limit.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(2);

    /// <summary>How long to wait while another program writes to the database.</summary>
    public static readonly TimeSpan DatabaseBusyTimeout = TimeSpan.FromSeconds(30);
}
