using NexusExport.Publishing.Gates;
using NexusExport.Records;
using NexusExport.Store;

namespace NexusExport.Publishing;

/// <summary>Writes down what became of a record at a destination, and what that means for its session, in one transaction.</summary>
/// <param name="journal">Where it is written.</param>
/// <param name="hasSessions">Whether the database has sessions whose status could be set.</param>
internal sealed class ResultSettler(IResultJournal journal, bool hasSessions)
{
    /// <summary>
    /// Writes, and gives the result as it is to be told. It is not cancelled: what has happened at the destination must be known, and the
    /// journal's own busy time-out bounds the wait.
    /// </summary>
    /// <param name="subject">The record.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="isLast">Whether this is its last result in this run.</param>
    /// <param name="isSatisfied">Whether its strategy is, with this result.</param>
    public async Task<ExportResult> SettleAsync(ExportSubject subject, PublishOutcome outcome, bool isLast, bool isSatisfied)
    {
        var session = SessionOf(subject, isLast, isSatisfied);
        if (outcome.Journaling == Journaling.Nothing && (!isLast || session is null || string.Equals(subject.Status, session.Status, StringComparison.Ordinal)))
        {
            return outcome.Result;
        }

        try
        {
            var writeLog = outcome.Journaling == Journaling.JobAndLog;
            await journal.RecordAsync(new(outcome.Result, outcome.Receipt, writeLog, session), CancellationToken.None);
            return outcome.Result;
        }
        catch (ExportException exception)
        {
            return Unrecorded(outcome.Result, exception.Fault);
        }
    }

    // A record that fails before its last destination must not be built again meanwhile; what is there everywhere is done.
    private SessionUpdate? SessionOf(ExportSubject subject, bool isLast, bool isSatisfied) =>
        !hasSessions || subject.SessionIdentifier.Length == 0
            ? null
            : new(subject.SessionIdentifier, isLast && isSatisfied ? RecordStatus.Completed : RecordStatus.BuiltNotExported, UnlessCompleted: !isLast);

    /// <summary>The destination may have it, but the journal does not say so: to claim success would be to lose track of it.</summary>
    private static ExportResult Unrecorded(ExportResult result, ExportFault fault) => result with
    {
        Status = ExportStatus.Failed,
        ErrorCode = fault.Code,
        ErrorMessage = result.Success
            ? $"{result.DestinationName} has the record (id {result.RecordId}), but the journal could not be written: {fault.Message}"
            : $"{result.ErrorMessage} The journal could not be written either: {fault.Message}",
        RecommendedAction = fault.RecommendedAction,
        Recoverable = true,
    };
}
