using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using NexusExport.Configuration;
using NexusExport.Publishing;
using NexusExport.Records;
using NexusExport.Routing;
using NexusExport.Store;
using NexusExport.Store.Sqlite;

namespace NexusExport.Engine;

/// <summary>Exports: what goes where, what it would look like there, and the sending itself.</summary>
public sealed class EngineExports
{
    private readonly EngineConfiguration _configuration;
    private readonly DestinationRegistry _registry;
    private readonly EngineStore _store;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _logging;

    internal EngineExports(EngineConfiguration configuration, DestinationRegistry registry, EngineStore store, TimeProvider time, ILoggerFactory logging)
    {
        _configuration = configuration;
        _registry = registry;
        _store = store;
        _time = time;
        _logging = logging;
    }

    private ExportSettings Settings => _configuration.Settings;

    /// <summary>Which destinations a request comes to. Throws NO_DESTINATION, DESTINATION_NOT_FOUND or CONFIGURATION_INVALID.</summary>
    public ExportPlan Plan(ExportRequest request) => new ExportPlanner(_registry, Settings).Plan(request);

    /// <summary>
    /// What would be sent where: one preview for each destination of the plan, under FirstSuccess for the one that would be tried first or has
    /// the record already. Makes no call and writes nothing, not even a database. Throws what is wrong with a file that cannot be read.
    /// </summary>
    public Task<IReadOnlyList<PreviewRendered>> PreviewAsync(LabRecord record, ExportPlan plan, CancellationToken cancellationToken) =>
        CreatePipeline(new DatabaseLook(_store.Options), journal: null).PreviewAsync(record, plan, cancellationToken);

    /// <summary>
    /// Exports records as they come, <see cref="ExportPlan.ThrottleLimit"/> at once, and tells results as they are there. Pulls no more records
    /// than it works on. Throws before the first record if the database cannot be used; a failed record is an event, not an exception.
    /// </summary>
    public async IAsyncEnumerable<ExportEvent> RunAsync(
        IAsyncEnumerable<ExportItem> items, ExportPlan plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var store = await _store.OpenAsync(cancellationToken);
        RefuseUnknownDestinations(store);
        var moves = !Settings.UploadedIsDefault || store.Sessions is not null;
        var mover = moves && Settings is { RecordsPath: { } records, UploadedPath: { } uploaded } ? new UploadedMover(records, uploaded) : null;
        var batch = new ExportBatch(CreatePipeline(store, store), mover, _logging.CreateLogger<ExportBatch>());
        await foreach (var happened in batch.RunAsync(items, plan, cancellationToken))
        {
            yield return happened;
        }
    }

    // An export that does not know all destinations would call a record done that is not.
    private void RefuseUnknownDestinations(SqliteExportStore store)
    {
        if (_configuration.Registered.Fault is { } fault && store.ReadDestinations().Count > 0)
        {
            throw new ExportException(fault);
        }
    }

    private ExportPipeline CreatePipeline(ICompletedExports? completedExports, IExportStore? journal) =>
        ExportPipeline.Create(Settings, completedExports, journal, _registry, _time, _logging);
}
