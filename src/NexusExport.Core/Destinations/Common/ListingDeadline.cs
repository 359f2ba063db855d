namespace NexusExport.Destinations.Common;

/// <summary>
/// Bounds how long a destination may list what it holds: a far side whose pages never end, or hardly come, is asked record by record instead.
/// </summary>
internal static class ListingDeadline
{
    /// <summary>Longest time that a listing takes.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>What <paramref name="list"/> gives; null where it takes longer than <see cref="Limit"/>.</summary>
    public static async Task<IContentListing?> RunAsync(
        Func<CancellationToken, Task<IContentListing?>> list,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var deadline = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await list(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
