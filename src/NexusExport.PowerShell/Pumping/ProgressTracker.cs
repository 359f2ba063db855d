namespace NexusExport.PowerShell.Pumping;

/// <summary>Shows progress of what takes longer than a second, at most five times a second, and takes it away at the end.</summary>
internal sealed class ProgressTracker(ICmdletStreams streams, TimeProvider time, string activity)
{
    private static readonly TimeSpan FirstAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly long _started = time.GetTimestamp();
    private long? _shown;

    /// <summary>How far it has come, in words.</summary>
    public string Status { get; set; } = "Reading the configuration";

    /// <summary>Shows the status if it is time to.</summary>
    public void Refresh()
    {
        if (time.GetElapsedTime(_started) >= FirstAfter && (_shown is null || time.GetElapsedTime(_shown.Value) >= Interval))
        {
            _shown = time.GetTimestamp();
            streams.WriteProgress(new(activity, Status, Completed: false));
        }
    }

    /// <summary>Takes the display away if there is one.</summary>
    public void Complete()
    {
        if (_shown is not null)
        {
            _shown = null;
            streams.WriteProgress(new(activity, Status, Completed: true));
        }
    }
}
