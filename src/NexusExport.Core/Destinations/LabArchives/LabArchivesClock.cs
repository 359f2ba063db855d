using System.Globalization;
using System.Xml.Linq;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.LabArchives;

/// <summary>How far the server's clock is ahead of this machine's: asked once a run, and again when a signature was out of date.</summary>
internal sealed class LabArchivesClock
{
    /// <summary>A correction smaller than this is no reason for a refusal: the server allows two minutes.</summary>
    public static readonly TimeSpan Meaningful = TimeSpan.FromSeconds(10);

    // A number below this, in 2001, is no time in milliseconds.
    private const long Earliest = 1_000_000_000_000;

    private readonly SharedLookup<TimeSpan> _offset;

    /// <param name="readServerTime">Asks the server for its time; null where it does not tell, and then this machine's has to do.</param>
    /// <param name="time">This machine's clock.</param>
    public LabArchivesClock(Func<CancellationToken, Task<DateTimeOffset?>> readServerTime, TimeProvider time) =>
        _offset = new(async token => await readServerTime(token) is { } server ? server - time.GetUtcNow() : TimeSpan.Zero);

    /// <summary>The time in an answer of epoch_time; null where it is not in it.</summary>
    public static DateTimeOffset? Read(XElement root) =>
        long.TryParse(LabArchivesXml.Find(root, "epoch-time", "epoch_time") ?? Alone(root), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        && value >= Earliest
        && value <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(value)
            : null;

    /// <summary>To be added to this machine's time.</summary>
    public Task<TimeSpan> OffsetAsync(CancellationToken cancellationToken) => _offset.GetAsync(cancellationToken);

    /// <summary>Asks the server anew.</summary>
    public Task<TimeSpan> ReadAgainAsync(CancellationToken cancellationToken)
    {
        _offset.Forget();
        return _offset.GetAsync(cancellationToken);
    }

    /// <summary>A better offset than the one that a refused call was signed with; null where that one was right.</summary>
    public async Task<TimeSpan?> CorrectAsync(TimeSpan refused, CancellationToken cancellationToken)
    {
        // Another record may have asked in the meantime.
        var offset = await _offset.GetAsync(cancellationToken);
        if ((offset - refused).Duration() < Meaningful)
        {
            offset = await ReadAgainAsync(cancellationToken);
        }

        return (offset - refused).Duration() < Meaningful ? null : offset;
    }

    private static string? Alone(XElement root) => !root.HasElements && root.Name.LocalName is "epoch-time" or "epoch_time" ? root.Value.Trim() : null;
}
