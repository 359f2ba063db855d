using System.Globalization;

namespace NexusExport.Resilience;

/// <summary>Tells people until when a destination is left alone.</summary>
internal sealed class WaitText(ResilienceOptions options)
{
    /// <summary>The local time at which a wait that begins now is over, rounded up to a second.</summary>
    public string Until(TimeSpan wait)
    {
        var now = options.Time.GetUtcNow();
        var end = wait < DateTimeOffset.MaxValue - now - TimeSpan.FromDays(1) ? now + wait : DateTimeOffset.MaxValue - TimeSpan.FromDays(1);
        var rounded = end.AddTicks(TimeSpan.TicksPerSecond - 1);
        return TimeZoneInfo.ConvertTime(rounded, options.Time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    /// <summary>The fault of a wait that is too long for a run, with until when and with what to do then.</summary>
    public ExportFault Explain(ExportFault fault, TimeSpan wait)
    {
        var until = Until(wait);
        var longest = options.MaxRetryAfter.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        return fault with
        {
            Message = $"{fault.Message.TrimEnd('.')}; that lasts until {until}, longer than a run waits ({longest} s).",
            RecommendedAction =
                $"Run the export again after {until}: only what is missing is sent. A larger export.pipeline.max_wait_ms lets the run wait instead.",
        };
    }

    /// <summary>The fault of a write that may still arrive for longer than a run waits.</summary>
    public ExportFault ExplainLateWrite(ExportFault fault, TimeSpan settle)
    {
        if (settle == TimeSpan.MaxValue)
        {
            return fault with
            {
                RecommendedAction = "See why the call hangs (a share, a plugin), then run the export again: it looks for the record before it sends it.",
            };
        }

        var until = Until(settle);
        var longest = options.MaxRetryAfter.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        return fault with
        {
            Message = $"{fault.Message.TrimEnd('.')}; what was sent may still arrive until {until}, longer than a run waits ({longest} s).",
            RecommendedAction = $"Run the export again after {until}: it looks for the record, and sends it only if it is not there.",
        };
    }
}
