using System.Runtime.CompilerServices;
using NexusExport.Publishing;
using NexusExport.Records;
using NexusExport.Routing;
using NexusExport.Store;

namespace NexusExport.Engine;

/// <summary>Exports: what goes where, what it would look like there, and the sending itself.</summary>
public sealed class EngineExports
{
    private readonly EngineConfiguration _configuration;
    private readonly DestinationRegistry _registry;
    private readonly PublishingFactory _publishing;
    private readonly EngineStore _store;

    internal EngineExports(EngineConfiguration configuration, DestinationRegistry registry, PublishingFactory publishing, EngineStore store)
    {
        _configuration = configuration;
        _registry = registry;
        _publishing = publishing;
        _store = store;
    }

    /// <summary>Which destinations a request comes to. Throws NO_DESTINATION, DESTINATION_NOT_FOUND or CONFIGURATION_INVALID.</summary>
    public ExportPlan Plan(ExportRequest request) => new ExportPlanner(_registry, _configuration.Settings).Plan(request);

    /// <summary>
    /// What would be sent where: one preview for each destination of the plan, under FirstSuccess for the one that would be tried first or has
    /// the record already. Makes no call and writes nothing, not even a database. Throws what is wrong with a file that cannot be read.
    /// </summary>
    public Task<IReadOnlyList<PreviewRendered>> PreviewAsync(LabRecord record, ExportPlan plan, CancellationToken cancellationToken) =>
        _publishing.CreatePreviewer(_store.Database.Look).PreviewAsync(record, plan, cancellationToken);

    /// <summary>
    /// Exports records as they come, several at once, and tells results as they are there. Pulls no more records
    /// than it works on. Throws before the first record if the database cannot be used; a failed record is an event, not an exception.
    /// </summary>
    public async IAsyncEnumerable<ExportEvent> RunAsync(
        IAsyncEnumerable<ExportItem> items, ExportPlan plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var store = await _store.OpenAsync(cancellationToken);
        RefuseUnknownDestinations(store);
        await foreach (var happened in _publishing.CreateBatch(store).RunAsync(items, plan, cancellationToken))
        {
            yield return happened;
        }
    }

    // An export that does not know all destinations would call a record done that is not.
    private void RefuseUnknownDestinations(IExportStore store)
    {
        if (_configuration.Sources.Registered.Fault is { } fault && store.Destinations.Read().Count > 0)
        {
            throw new ExportException(fault);
        }
    }
}
