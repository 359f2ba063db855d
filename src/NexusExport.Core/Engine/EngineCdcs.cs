using System.Runtime.CompilerServices;
using NexusExport.Destinations.Cdcs;
using NexusExport.Routing;

namespace NexusExport.Engine;

/// <summary>What is asked of CDCS servers beyond exporting: looking for records there, fetching and removing them.</summary>
public sealed class EngineCdcs
{
    private readonly IReadOnlyList<DestinationSettings> _destinations;
    private readonly DestinationRegistry _registry;
    private readonly EngineStore _store;
    private readonly DestinationServices _services;

    internal EngineCdcs(IEnumerable<DestinationSettings> destinations, DestinationRegistry registry, EngineStore store, DestinationServices services)
    {
        _destinations = [.. destinations.Where(destination => destination.Type == CdcsDestinationSettings.TypeName)];
        _registry = registry;
        _store = store;
        _services = services;
    }

    /// <summary>Names of the CDCS destinations, for completion.</summary>
    public IReadOnlyList<string> DestinationNames => [.. _destinations.Select(destination => destination.Name)];

    /// <summary>Titles of the templates that the CDCS destinations are configured with, for completion.</summary>
    public IReadOnlyList<string> TemplateNames => [.. _destinations.Select(destination => destination.Text(CdcsDefinitions.Template)).OfType<string>()];

    /// <summary>
    /// The name of the CDCS destination that is meant: <paramref name="destinationName"/>, else the only one. Throws DESTINATION_NOT_FOUND
    /// if there is none, if it is of another type, or if there are several and none is named.
    /// </summary>
    public string NameOf(string? destinationName) => Find(destinationName).Name;

    /// <summary>Streams the records of a CDCS server that the account may read. Throws what its calls throw.</summary>
    public async IAsyncEnumerable<CdcsRecord> FindAsync(
        string? destinationName, CdcsRecordQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var catalog = new CdcsCatalog(Find(destinationName), _services);
        await foreach (var record in catalog.FindAsync(query, cancellationToken))
        {
            yield return record;
        }
    }

    /// <summary>Downloads a record of a CDCS server into a folder. Throws RESOURCE_NOT_FOUND, STORAGE_FAILED and what its calls throw.</summary>
    /// <param name="destinationName">The destination; null for the only one of its type.</param>
    /// <param name="id">The record's id there.</param>
    /// <param name="title">Its title, for the file's name; null to ask the server.</param>
    /// <param name="folder">Full path of the folder; made if it is missing.</param>
    /// <param name="names">The names that files of the same call have: records of one title do not replace each other.</param>
    /// <param name="force">Whether a file of that name is replaced.</param>
    /// <param name="cancellationToken">Stops the download; nothing is left then.</param>
    public async Task<FileInfo> SaveAsync(
        string? destinationName, string id, string? title, string folder, CdcsFileNames names, bool force, CancellationToken cancellationToken)
    {
        using var catalog = new CdcsCatalog(Find(destinationName), _services);
        return await catalog.SaveAsync(id, title, folder, names, force, cancellationToken);
    }

    /// <summary>
    /// Removes a record from a CDCS server and writes that down: its job is rolled back, the upload log says so, and the next export sends the
    /// record again. One that is gone already is only written down. Throws RESOURCE_NOT_FOUND for an id that neither the server nor the log has.
    /// </summary>
    public async Task RemoveAsync(string? destinationName, string id, CancellationToken cancellationToken)
    {
        var settings = Find(destinationName);

        // First, so that nothing is removed which cannot be written down. Where there is no database there is nothing to roll back.
        var store = _store.Database.Exists ? await _store.OpenAsync(cancellationToken) : null;
        using var catalog = new CdcsCatalog(settings, _services);
        var recordId = CdcsCatalog.Spell(id);
        var isThere = await catalog.ExistsAsync(recordId, cancellationToken);
        if (isThere)
        {
            await _registry.Get(settings.Name).UndoAsync(new DestinationReceipt { RecordId = recordId }, cancellationToken);
        }

        var isKnown = store is not null && await store.Results.RecordRemovalAsync(settings.Name, recordId, cancellationToken);
        if (!isThere && !isKnown)
        {
            throw new ExportException(new ExportFault(ExportErrorCode.ResourceNotFound, $"'{settings.Name}' has no record {id}, and the log knows of none.")
            {
                RecommendedAction = "Use an id that Find-CdcsRecord lists.",
            });
        }
    }

    private DestinationSettings Find(string? name)
    {
        var meant = name is null
            ? _destinations
            : [.. _destinations.Where(destination => string.Equals(destination.Name, name, StringComparison.OrdinalIgnoreCase))];
        return meant.Count == 1 ? meant[0] : throw new ExportException(ExportErrorCode.DestinationNotFound, (_destinations.Count, name) switch
        {
            (0, _) => "No CDCS destination is configured.",
            (_, null) => $"There are several CDCS destinations; name one of {string.Join(", ", DestinationNames)}.",
            _ => $"There is no CDCS destination '{name}'. Configured are: {string.Join(", ", DestinationNames)}.",
        });
    }
}
