#pragma warning disable MA0025
using NexusExport.Configuration;
using NexusExport.Pipeline;
using NexusExport.Records;
using NexusExport.Store;

namespace NexusExport;

/// <summary>The whole product behind one door: the cmdlets and the host call this and nothing else of Core.</summary>
public sealed class ExportEngine : IAsyncDisposable
{
    /// <summary>Reads the configuration. Opens no database and makes no call. Throws CONFIGURATION_NOT_FOUND or CONFIGURATION_INVALID.</summary>
    public static ExportEngine Open(EngineOptions options) => throw new NotImplementedException();

    /// <summary>The effective configuration.</summary>
    public ExportSettings Settings => throw new NotImplementedException();

    /// <summary>Names of the configured destinations, enabled or not, for completion.</summary>
    public IReadOnlyList<string> DestinationNames => throw new NotImplementedException();

    /// <summary>The configured destinations, in running order, then the disabled and the faulty ones. Makes no call.</summary>
    public IReadOnlyList<DestinationInfo> GetDestinations() => throw new NotImplementedException();

    /// <summary>Streams records; what is no record comes as a fault among them. Throws RECORD_NOT_FOUND if a path of the query does not exist.</summary>
    public IAsyncEnumerable<RecordReading> ReadRecordsAsync(RecordQuery query, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Which destinations a request comes to. Throws NO_DESTINATION, DESTINATION_NOT_FOUND or CONFIGURATION_INVALID.</summary>
    public ExportPlan Plan(ExportRequest request) => throw new NotImplementedException();

    /// <summary>What would be sent to one destination of the plan. Makes no call and writes nothing, not even a database.</summary>
    public Task<PreviewRendered> PreviewAsync(LabRecord record, string destinationName, ExportPlan plan, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>
    /// Exports records as they come, <see cref="ExportPlan.ThrottleLimit"/> at once, and tells results as they are there. Pulls no more records
    /// than it works on. Throws before the first record if the database cannot be used; a failed record is an event, not an exception.
    /// </summary>
    public IAsyncEnumerable<ExportEvent> ExportAsync(IAsyncEnumerable<ExportItem> items, ExportPlan plan, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Tests one destination, enabled or not. Throws DESTINATION_NOT_FOUND; everything else is in the result.</summary>
    public Task<DestinationTestResult> TestDestinationAsync(string destinationName, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Streams the upload log, newest first; nothing where there is no database yet.</summary>
    public IAsyncEnumerable<UploadLogEntry> ReadUploadLogAsync(UploadLogQuery query, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The steps that the database needs, done if <paramref name="apply"/> says so; empty where it is up to date.</summary>
    public Task<IReadOnlyList<DatabaseUpgradeStep>> UpgradeDatabaseAsync(bool apply, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
