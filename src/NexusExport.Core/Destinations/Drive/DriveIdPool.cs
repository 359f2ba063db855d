using System.Collections.Concurrent;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.Drive;

/// <summary>
/// Ids that Drive has set aside for files to come. A create with such an id can be sent twice and makes one file
/// (https://developers.google.com/workspace/drive/api/guides/create-file#generate_ids_for_files), and asking for a file by its id sees
/// what was written a moment ago, which a search does not.
/// </summary>
internal sealed class DriveIdPool(Func<CancellationToken, Task<IReadOnlyList<string>>> generate)
{
    /// <summary>Ids asked for at once.</summary>
    public const int BatchSize = 100;

    private readonly SharedLookup<ConcurrentQueue<string>> _batch = new(async token => new(await generate(token)));

    /// <summary>An id that nobody else gets.</summary>
    public async Task<string> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var batch = await _batch.GetAsync(cancellationToken);
            if (batch.TryDequeue(out var id))
            {
                return id;
            }

            _batch.Forget(batch);
        }
    }
}
