using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.LabArchives;

/// <summary>How far the server's clock is ahead of this machine's: asked once a run, and again when a signature was out of date.</summary>
internal sealed class LabArchivesClock
{
    /// <summary>A correction smaller than this is no reason for a refusal: the server allows two minutes.</summary>
    public static readonly TimeSpan Meaningful = TimeSpan.FromSeconds(10);

    private readonly SharedLookup<TimeSpan> _offset;

    /// <param name="readServerTime">Asks the server for its time.</param>
    /// <param name="time">This machine's clock.</param>
    public LabArchivesClock(Func<CancellationToken, Task<DateTimeOffset>> readServerTime, TimeProvider time) =>
        _offset = new(async token => await readServerTime(token) - time.GetUtcNow());

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
}
