using NexusExport.Publishing.Gates;
using NexusExport.Resilience;
using NexusExport.Security;
using NexusExport.Store;

namespace NexusExport.Publishing;

/// <summary>Makes the results: the one place that says what is in one, and that no secret is in its message.</summary>
internal sealed class OutcomeFactory(SecretRedactor redactor, TimeProvider time)
{
    /// <summary>Of a record that a gate stopped.</summary>
    public PublishOutcome Stopped(PublishCase asked, GateVerdict verdict)
    {
        var result = Result(asked, verdict.Status) with
        {
            JobId = verdict.Known?.JobId,
            RecordId = verdict.Known?.Receipt?.RecordId,
            RecordUrl = verdict.Known?.Receipt?.RecordUrl,
        };
        return new(verdict.Fault is { } fault ? Explained(result, fault) : result, verdict.Known?.Receipt, verdict.Journaling);
    }

    /// <summary>Of a record that was there when its job was asked for, or was found there.</summary>
    public PublishOutcome AlreadyThere(PublishCase asked, JobClaim claim, DestinationReceipt? receipt, Journaling journaling) =>
        new(Describe(Result(asked, ExportStatus.AlreadyExported), claim, receipt, sent: null), receipt, journaling);

    /// <summary>Of a record that was sent.</summary>
    public PublishOutcome Exported(PublishCase asked, JobClaim claim, AttemptOutcome sent) =>
        new(Describe(Result(asked, ExportStatus.Exported), claim, sent.Receipt, sent), sent.Receipt, Journaling.JobAndLog);

    /// <summary>Of a record that did not arrive, or not whole.</summary>
    /// <param name="asked">The record and the destination.</param>
    /// <param name="fault">Why.</param>
    /// <param name="journaling">What is written down.</param>
    /// <param name="claim">Its job; null where none was granted.</param>
    /// <param name="sent">How it fared; null where it was not sent.</param>
    public PublishOutcome Failed(PublishCase asked, ExportFault fault, Journaling journaling, JobClaim? claim, AttemptOutcome? sent)
    {
        var left = fault.Partial ?? claim?.Receipt;
        return new(Explained(Describe(Result(asked, ExportStatus.Failed), claim, left, sent), fault), left, journaling);
    }

    private static ExportResult Describe(ExportResult result, JobClaim? claim, DestinationReceipt? receipt, AttemptOutcome? sent) => result with
    {
        JobId = claim?.JobId,
        RecordId = receipt?.RecordId,
        RecordUrl = receipt?.RecordUrl,
        BytesSent = receipt?.BytesSent ?? 0,
        Metadata = receipt?.Metadata ?? NamedValues.None,
        Duration = sent?.Duration ?? TimeSpan.Zero,
        Attempts = sent?.Attempts ?? 0,
    };

    private ExportResult Explained(ExportResult result, ExportFault fault) => result with
    {
        ErrorCode = fault.Code,
        ErrorMessage = redactor.Redact(fault.Message),
        RecommendedAction = fault.RecommendedAction,
        Recoverable = fault.Recoverable,
    };

    private ExportResult Result(PublishCase asked, ExportStatus status) => new()
    {
        SessionIdentifier = asked.Route.Subject.SessionIdentifier,
        RecordPath = asked.Route.Subject.Path,
        DestinationName = asked.DestinationName,
        Status = status,
        Timestamp = time.GetLocalNow(),
        ContentHash = asked.Route.ContentHash,
        BatchId = asked.Route.Plan.BatchId,
    };
}
