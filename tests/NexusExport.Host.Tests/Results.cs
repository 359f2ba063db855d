using NexusExport.Publishing;

namespace NexusExport.Host.Tests;

/// <summary>Results to show.</summary>
internal static class Results
{
    public static ExportResult Of(ExportStatus status, string session = "204", string destination = "local") => new()
    {
        SessionIdentifier = session,
        DestinationName = destination,
        Status = status,
        Timestamp = new DateTimeOffset(2026, 1, 23, 12, 0, 0, TimeSpan.Zero),
        Duration = TimeSpan.FromMilliseconds(12.5),
        RecordId = status == ExportStatus.Failed ? null : "r-1",
        RecordUrl = status == ExportStatus.Failed ? null : "file:///archive/204.xml",
        ErrorCode = status == ExportStatus.Failed ? ExportErrorCode.StorageFull : null,
        ErrorMessage = status == ExportStatus.Failed ? "No space\nleft." : null,
    };

    public static RecordFinished Finished(bool success, params ExportResult[] results) =>
        new(
            new LabRecord { SessionIdentifier = "204" },
            success,
            results,
            success ? null : new ExportFault(ExportErrorCode.StrategyFailed, "All failed."),
            MovedTo: null,
            Warnings: []);
}
