namespace NexusExport.Publishing.Gates;

/// <summary>What results and the journal say something about: a session, with its record's file where there is one.</summary>
/// <param name="SessionIdentifier">The session.</param>
/// <param name="Path">The record's file; null where no file holds it.</param>
/// <param name="Status">The session's status in the database; null without one.</param>
/// <param name="LastModified">When the file was last written; null where there is none.</param>
internal sealed record ExportSubject(string SessionIdentifier, string? Path = null, string? Status = null, DateTimeOffset? LastModified = null)
{
    public static ExportSubject Of(LabRecord record) => new(record.SessionIdentifier, record.Path, record.Status, record.LastModified);

    public static ExportSubject Of(ExportDocument document) => document.Record is { } record ? Of(record) : new(document.SessionIdentifier);
}
