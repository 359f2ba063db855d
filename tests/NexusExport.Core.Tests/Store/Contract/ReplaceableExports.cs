using NexusExport.Store;

namespace NexusExport.Tests.Store.Contract;

/// <summary>Exports of contents of one session and name to a destination that replaces.</summary>
internal static class ReplaceableExports
{
    public static CompletedQuery Question(string content) =>
        new(StoreTestData.Session, content, [StoreTestData.Destination]) { Replacing = [StoreTestData.Destination] };

    public static JobRequest Request(string content) => StoreTestData.Request(hash: content) with { FileName = "a.xml", CanBeReplaced = true };

    public static bool IsThere(IExportStore store, string content) => store.Completed.GetCompleted(Question(content)).Count == 1;

    public static Task ExportAsync(IExportStore store, string content, DateTimeOffset? at = null) => ExportAsync(store, Request(content), "/archive/a.xml", at);

    public static async Task ExportAsync(IExportStore store, JobRequest request, string location, DateTimeOffset? at = null) =>
        await EndAsync(store, (await store.ClaimAsync(request)).JobId!, location, at);

    public static Task EndAsync(IExportStore store, string jobId, string location, DateTimeOffset? at = null) => store.Results.RecordAsync(
        new ResultEntry(
            StoreTestData.Result(ExportStatus.Exported, jobId) with { Timestamp = at ?? StoreTestData.Moment },
            new DestinationReceipt { RecordId = "a.xml", Location = location },
            WriteLog: false,
            null),
        CancellationToken.None);
}
