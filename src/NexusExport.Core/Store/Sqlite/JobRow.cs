using Microsoft.Data.Sqlite;

namespace NexusExport.Store.Sqlite;

/// <summary>The values of export_jobs.status.</summary>
internal static class JobStatus
{
    public const string PendingReview = "pending_review";
    public const string Running = "running";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string RolledBack = "rolled_back";

    /// <summary>What a result makes of its job.</summary>
    public static string For(ExportStatus status) => status switch
    {
        ExportStatus.Exported or ExportStatus.AlreadyExported => Completed,
        ExportStatus.PendingReview => PendingReview,
        ExportStatus.RolledBack => RolledBack,
        _ => Failed,
    };
}

/// <summary>What a claim needs to know of a job.</summary>
internal sealed record JobRow(string Id, string Status, string? Owner, long Attempts, bool Forced, ReceiptColumns Columns)
{
    /// <summary>The columns, in the order in which <see cref="Read"/> takes them.</summary>
    public const string ColumnList = "id, status, owner, attempts, forced, record_id, record_url, output_location, receipt_json";

    public DestinationReceipt? Receipt => Columns.ToReceipt(Status == JobStatus.Completed);

    public static JobRow Read(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.Text(2),
        row.GetInt64(3),
        row.GetBoolean(4),
        new ReceiptColumns(row.Text(5), row.Text(6), row.Text(7), row.Text(8)));
}
