using Microsoft.Extensions.Logging;

namespace NexusExport.Diagnostics;

/// <summary>Names of the log events of the pipeline.</summary>
internal static class ExportEvents
{
    public static readonly EventId Found = new(1, "RecordFound");
    public static readonly EventId Exported = new(2, "RecordExported");
    public static readonly EventId Failed = new(3, "RecordFailed");
    public static readonly EventId Moved = new(4, "RecordMoved");
    public static readonly EventId ArchiveEnds = new(8, "ArchiveEnds");
    public static readonly EventId NobodyKnows = new(9, "NobodyKnows");
    public static readonly EventId RateLimitPause = new(7, "RateLimitPause");
    public static readonly EventId NotListed = new(21, "DestinationNotListed");
    public static readonly EventId TwinsFound = new(20, "TwinsFound");
}
