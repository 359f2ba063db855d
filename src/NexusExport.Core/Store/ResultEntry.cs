using NexusExport.Records;

namespace NexusExport.Store;

/// <summary>What one transaction writes.</summary>
/// <param name="Result">The result. A job row follows its Status: Exported and AlreadyExported complete it, Failed fails it.</param>
/// <param name="Receipt">What the destination gave, for the job row's output_location; null on failure unless something was left there.</param>
/// <param name="WriteLog">Whether an upload_log row is written (not for what was known to be there already).</param>
/// <param name="Session">Session status to set in the same transaction; null for none.</param>
internal sealed record ResultEntry(ExportResult Result, DestinationReceipt? Receipt, bool WriteLog, SessionUpdate? Session);

/// <summary>A session status to set on all rows of the session, where the store has NexusLIMS's session_log and knows the session.</summary>
/// <param name="SessionIdentifier">As the database spells it.</param>
/// <param name="Status">One of <see cref="RecordStatus"/>.</param>
/// <param name="UnlessCompleted">Leave a session that is COMPLETED as it is (results that are not the record's last).</param>
internal sealed record SessionUpdate(string SessionIdentifier, string Status, bool UnlessCompleted = false);
