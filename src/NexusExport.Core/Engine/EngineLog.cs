using System.Runtime.CompilerServices;
using NexusExport.Store;

namespace NexusExport.Engine;

/// <summary>The upload log.</summary>
public sealed class EngineLog
{
    private readonly EngineStore _store;

    internal EngineLog(EngineStore store) => _store = store;

    /// <summary>Streams the upload log, newest first; nothing where there is no database yet.</summary>
    public IAsyncEnumerable<UploadLogEntry> ReadAsync(UploadLogQuery query, CancellationToken cancellationToken) => ReadAsync([query], cancellationToken);

    /// <summary>The same for several queries, one after the other.</summary>
    public async IAsyncEnumerable<UploadLogEntry> ReadAsync(
        IReadOnlyList<UploadLogQuery> queries, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queries);
        await using var store = queries.Count == 0 ? null : _store.Database.OpenForReading();
        if (store is null)
        {
            yield break;
        }

        foreach (var query in queries)
        {
            await foreach (var entry in store.Log.ReadAsync(query, cancellationToken))
            {
                yield return entry;
            }
        }
    }
}
