using NexusExport.Store;
using NexusExport.Store.Sqlite;

namespace NexusExport.Tests.Store;

/// <summary>Requests, results and options as the store's tests need them.</summary>
internal static class StoreTestData
{
    public const string Session = "https://nemo.example/api/usage_events/?id=31";
    public const string Destination = "cdcs";

    public static readonly DateTimeOffset Moment = new(2026, 1, 23, 19, 34, 56, TimeSpan.Zero);

    public static StoreOptions Options(string path, FakeTimeProvider? time = null) =>
        new(path) { BusyTimeout = TimeSpan.FromMilliseconds(50), Time = time ?? new FakeTimeProvider(Moment) };

    public static Task<SqliteExportStore> OpenAsync(string path, FakeTimeProvider? time = null) =>
        SqliteExportStore.OpenAsync(Options(path, time), CancellationToken.None);

    /// <summary>With time to wait for another store's transaction.</summary>
    public static Task<SqliteExportStore> OpenPatientAsync(string path) => SqliteExportStore.OpenAsync(
        Options(path) with { BusyTimeout = TimeSpan.FromSeconds(30) }, CancellationToken.None);

    public static JobRequest Request(string session = Session, string destination = Destination, string hash = "aa") => new()
    {
        DestinationName = destination,
        SessionIdentifier = session,
        ContentHash = hash,
        FileName = "2018-11-13_FEI-Titan-TEM_31.xml",
        BatchId = "batch-1",
        UserId = "ada",
    };

    public static ExportResult Result(ExportStatus status, string? jobId, int attempts = 1, string session = Session) => new()
    {
        SessionIdentifier = session,
        DestinationName = Destination,
        Status = status,
        RecordId = status == ExportStatus.Exported ? "42" : null,
        RecordUrl = status == ExportStatus.Exported ? "https://cdcs/data?id=42" : null,
        ErrorCode = status == ExportStatus.Failed ? ExportErrorCode.Timeout : null,
        ErrorMessage = status == ExportStatus.Failed ? "No answer." : null,
        Timestamp = Moment,
        Duration = TimeSpan.FromMilliseconds(1500),
        Attempts = attempts,
        BytesSent = 91152,
        ContentHash = "aa",
        JobId = jobId,
        BatchId = "batch-1",
    };

    public static Task<JobClaim> ClaimAsync(this IExportStore store, JobRequest? request = null) =>
        store.Jobs.ClaimAsync(request ?? Request(), CancellationToken.None);

    public static Task RecordAsync(this IExportStore store, ExportResult result, SessionUpdate? session = null) =>
        store.Results.RecordAsync(new ResultEntry(result, null, WriteLog: true, session), CancellationToken.None);
}
