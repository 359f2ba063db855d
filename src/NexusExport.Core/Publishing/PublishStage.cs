using Microsoft.Extensions.Logging;
using NexusExport.Documents;
using NexusExport.Records;
using NexusExport.Routing;
using NexusExport.Security;
using NexusExport.Store;

namespace NexusExport.Publishing;

/// <summary>Stage 5: takes one document to its destinations in order, as long as the strategy goes on, and writes down what became of it.</summary>
internal sealed class PublishStage(
    IExportStore? store,
    DestinationRegistry registry,
    JobRequestFactory jobs,
    SecretRedactor redactor,
    TimeProvider time,
    ILogger logger)
{
    private readonly FirstContact? _contact = store is null ? null : new(store, logger);

    /// <summary>Publishes; throws for nothing but cancellation, and then only after the journal is consistent.</summary>
    public async Task<RecordVerdict> ExecuteAsync(
        PublishOrder order,
        StrategyRule rule,
        Func<ExportResult, ValueTask> emit,
        CancellationToken cancellationToken)
    {
        var journal = store ?? throw new InvalidOperationException("Publishing needs a journal.");
        var publisher = new DestinationPublisher(journal, _contact!, redactor, time, logger);
        var subject = ExportSubject.Of(order.Document);
        var results = new List<ExportResult>(order.Destinations.Count);
        var elsewhere = order.Elsewhere.Select(known => Known(subject, known.Key, known.Value, order).Result).ToList();
        foreach (var name in order.Destinations)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var previous = elsewhere.Concat(results).ToDictionary(result => result.DestinationName, StringComparer.OrdinalIgnoreCase);
            var outcome = order.Completed.TryGetValue(name, out var known) ? Known(subject, name, known, order)
                : order.Refusal is not null ? Refused(subject, name, order.Refusal, order.Document.Content.ContentHash, order.Plan)
                : DependencyGate.Judge(name, registry.DependenciesOf(name), previous) is { } unmet ? Skipped(subject, name, unmet, order)
                : await publisher.PublishAsync(
                    registry.Get(name),
                    Context(order.Document, previous),
                    jobs.Create(order.Document, name, order.Plan),
                    cancellationToken);
            results.Add(outcome.Result);
            var last = results.Count == order.Destinations.Count || !rule.GoesOnAfter(outcome.Result);
            results[^1] = await SettleAsync(journal, subject, outcome, last, last && rule.IsSatisfiedBy(results, order.Destinations.Count));
            cancellationToken.ThrowIfCancellationRequested();
            await emit(results[^1]);
            if (last)
            {
                break;
            }
        }

        return new(rule.IsSatisfiedBy(results, order.Destinations.Count), results, order.Refusal);
    }

    /// <summary>Writes down a record that cannot be published anywhere, because it cannot even be read.</summary>
    public async Task<RecordVerdict> RefuseAsync(
        LabRecord record,
        IReadOnlyList<string> destinations,
        ExportFault fault,
        ExportPlan plan,
        Func<ExportResult, ValueTask> emit)
    {
        var journal = store ?? throw new InvalidOperationException("Publishing needs a journal.");
        var subject = ExportSubject.Of(record);
        var results = new List<ExportResult>(destinations.Count);
        foreach (var name in destinations)
        {
            results.Add(await SettleAsync(journal, subject, Refused(subject, name, fault, contentHash: null, plan), last: true, satisfied: false));
            await emit(results[^1]);
        }

        return new(Success: false, results, fault);
    }

    /// <summary>Refuses a record that has no name to be logged under: it is told, but there is no row that it could be written to.</summary>
    public async Task<RecordVerdict> RefuseUnnamedAsync(
        LabRecord record,
        IReadOnlyList<string> destinations,
        ExportFault fault,
        ExportPlan plan,
        Func<ExportResult, ValueTask> emit)
    {
        var shown = ExportSubject.Of(record) with { SessionIdentifier = string.Empty };
        var results = destinations.Select(name => Refused(shown, name, fault, contentHash: null, plan).Result).ToList();
        foreach (var result in results)
        {
            await emit(result);
        }

        return new(Success: false, results, fault);
    }

    private static ExportContext Context(ExportDocument document, IReadOnlyDictionary<string, ExportResult> previous) => new()
    {
        Document = document,
        PreviousResults = previous,
    };

    private PublishOutcome Known(ExportSubject subject, string name, JobClaim claim, PublishOrder order) => new(
        Result(subject, name, ExportStatus.AlreadyExported, order.Document.Content.ContentHash, order.Plan) with
        {
            JobId = claim.JobId,
            RecordId = claim.Receipt?.RecordId,
            RecordUrl = claim.Receipt?.RecordUrl,
        },
        claim.Receipt,
        WriteLog: false);

    private PublishOutcome Skipped(ExportSubject subject, string name, ExportFault fault, PublishOrder order)
    {
        var refused = Refused(subject, name, fault, order.Document.Content.ContentHash, order.Plan);
        return refused with { Result = refused.Result with { Status = ExportStatus.Skipped } };
    }

    private PublishOutcome Refused(ExportSubject subject, string name, ExportFault fault, string? contentHash, ExportPlan plan) => new(
        Result(subject, name, ExportStatus.Failed, contentHash, plan) with
        {
            ErrorCode = fault.Code,
            ErrorMessage = fault.Message,
            RecommendedAction = fault.RecommendedAction,
            Recoverable = fault.Recoverable,
        },
        Receipt: null,
        WriteLog: true);

    private ExportResult Result(ExportSubject subject, string name, ExportStatus status, string? contentHash, ExportPlan plan) => new()
    {
        SessionIdentifier = subject.SessionIdentifier,
        RecordPath = subject.Path,
        DestinationName = name,
        Status = status,
        Timestamp = time.GetLocalNow(),
        ContentHash = contentHash,
        BatchId = plan.BatchId,
    };

    /// <summary>
    /// Writes the result and what it means for the session in one transaction. It is not cancelled: what has happened at the destination
    /// must be known, and the journal's own busy time-out bounds the wait.
    /// </summary>
    private static async Task<ExportResult> SettleAsync(IExportStore journal, ExportSubject subject, PublishOutcome outcome, bool last, bool satisfied)
    {
        var status = last && satisfied ? RecordStatus.Completed : RecordStatus.BuiltNotExported;
        var update = journal.Sessions is null ? null : new SessionUpdate(subject.SessionIdentifier, status, UnlessCompleted: !last);
        var isKnown = outcome.Result.Success && !outcome.WriteLog;
        if (isKnown && (!last || update is null || string.Equals(subject.Status, status, StringComparison.Ordinal)))
        {
            return outcome.Result;
        }

        try
        {
            await journal.RecordResultAsync(new(outcome.Result, outcome.Receipt, outcome.WriteLog, update), CancellationToken.None);
            return outcome.Result;
        }
        catch (ExportException exception)
        {
            return Unrecorded(outcome.Result, exception.Fault);
        }
    }

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
