using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using NexusExport.Configuration;
using NexusExport.Diagnostics;
using NexusExport.Publishing;
using NexusExport.Publishing.Gates;
using NexusExport.Records;
using NexusExport.Routing;

namespace NexusExport.Engine;

/// <summary>The records that there are to export.</summary>
public sealed class EngineRecords
{
    private readonly ExportSettings _settings;
    private readonly DestinationRegistry _registry;
    private readonly PublishingFactory _publishing;
    private readonly EngineStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private bool _saidWhatNobodyKnows;

    internal EngineRecords(
        ExportSettings settings, DestinationRegistry registry, PublishingFactory publishing, EngineStore store, TimeProvider time, ILogger logger)
    {
        _settings = settings;
        _registry = registry;
        _publishing = publishing;
        _store = store;
        _time = time;
        _logger = logger;
    }

    /// <summary>
    /// Streams records; what is no record comes as a fault among them. Throws RECORD_NOT_FOUND if a path of the query does not exist,
    /// and CONFIGURATION_INVALID if the query names no path and no records folder is configured.
    /// </summary>
    public async IAsyncEnumerable<RecordReading> ReadAsync(RecordQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var store = _store.Database.OpenForReading();
        var known = _publishing.CreateKnown(store?.Completed);
        var reader = new RecordReader(
            _settings.RecordsPath,
            _settings.UploadedPath,
            store?.Sessions,
            (record, names) => record.ContentHash is { } hash
                ? known.Find(ExportSubject.Of(record), hash, names).Keys.ToHashSet(StringComparer.OrdinalIgnoreCase)
                : new HashSet<string>(StringComparer.OrdinalIgnoreCase),
            _time);
        foreach (var name in query.NotExportedTo)
        {
            _registry.Get(name);
        }

        var found = false;
        await foreach (var reading in reader.ReadAsync(query, cancellationToken))
        {
            found |= reading.Record is not null;
            yield return reading;
        }

        if (!found && store?.Sessions is null)
        {
            TellWhatNobodyKnows(query);
        }
    }

    // A filter by what only a database can answer lets nothing through where there is none, which looks like nothing to do.
    private void TellWhatNobodyKnows(RecordQuery query)
    {
        if (_saidWhatNobodyKnows || (query.Status.Count == 0 && query.User.Count == 0))
        {
            return;
        }

        _saidWhatNobodyKnows = true;
        _logger.LogWarning(
            ExportEvents.NobodyKnows,
            "No record was found by {Filter}: {Database} holds no NexusLIMS sessions, {Consequence}. Set database.path (or NX_DB_PATH) to NexusLIMS's database.",
            query.Status.Count > 0 ? "-Status" : "-User",
            _settings.DatabasePath,
            query.Status.Count > 0 ? "which alone know a status" : "so that only the experimenters that the records themselves name are known");
    }
}
