using Microsoft.Extensions.Logging;
using NexusExport.Diagnostics;
using NexusExport.Publishing.Gates;
using NexusExport.Resilience;
using NexusExport.Routing;
using NexusExport.Store;

namespace NexusExport.Publishing;

/// <summary>One document to one destination: ask the journal for the job, look before sending again, send, and say what became of it.</summary>
internal sealed class DestinationPublisher(
    IJobJournal journal,
    JournalQuestions questions,
    FirstContact contact,
    DestinationRegistry registry,
    OutcomeFactory outcomes,
    TimeProvider time,
    ILogger logger)
{
    private readonly JobClaimer _claims = new(journal, time);

    /// <summary>Publishes, and never throws: whatever happens, cancellation too, is an outcome to be written down.</summary>
    public async Task<PublishOutcome> PublishAsync(PublishCase asked, CancellationToken cancellationToken)
    {
        JobClaim? claim = null;
        try
        {
            // The gates have asked the same; between them and here another process may have sent it, and only the job decides who does.
            claim = await _claims.ClaimAsync(questions.ToClaim(asked.Document, asked.DestinationName, asked.Route.Plan), cancellationToken);
            return claim.Kind == JobClaimKind.AlreadyExported
                ? outcomes.AlreadyThere(asked, claim, claim.Receipt, Journaling.Nothing)
                : await DeliverAsync(asked, claim, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped while asking the journal or looking at the destination: nothing was sent.
            return Failed(asked, new(ExportErrorCode.Cancelled, $"Stopped before {asked.DestinationName} was asked."), Journaling.Job, claim);
        }
        catch (Exception exception)
        {
            // Whatever a destination throws is this record's failure at this destination and nobody else's.
            return Failed(asked, ExceptionTranslator.ToFault(asked.DestinationName, exception, isWrite: false), Journaling.JobAndLog, claim);
        }
    }

    private async Task<PublishOutcome> DeliverAsync(PublishCase asked, JobClaim claim, CancellationToken cancellationToken)
    {
        var (name, session) = (asked.DestinationName, asked.Route.Subject.SessionIdentifier);
        var destination = registry.Get(name);
        var context = ContextOf(asked, claim.JobId!);
        var existing = await FindAsync(destination, context, asked, claim, cancellationToken);
        if (existing is { IsComplete: true })
        {
            logger.LogInformation(ExportEvents.Found, "{Destination} has {Session} already; nothing is sent.", name, session);
            return outcomes.AlreadyThere(asked, claim, existing, Journaling.JobAndLog);
        }

        var sent = await destination.PublishAsync(context with { Existing = existing }, cancellationToken);
        if (sent.Fault is { } fault)
        {
            // What was stopped before anything was sent is no attempt, and no news for the log.
            var isNews = fault.Code != ExportErrorCode.Cancelled || sent.Attempts > 0;
            return Failed(asked, fault, isNews ? Journaling.JobAndLog : Journaling.Job, claim, sent);
        }

        logger.LogInformation(ExportEvents.Exported, "{Session} is at {Destination} as {RecordId}.", session, name, sent.Receipt!.RecordId);
        return outcomes.Exported(asked, claim, sent);
    }

    /// <summary>
    /// What of this record is there already: asked where an earlier attempt's outcome is unknown, and where another journal may have brought it.
    /// </summary>
    private async Task<DestinationReceipt?> FindAsync(
        IResilientDestination destination, ExportContext context, PublishCase asked, JobClaim claim, CancellationToken cancellationToken) => claim switch
        {
            { Kind: JobClaimKind.GrantedFindFirst } when destination.Capabilities.CanFind =>
                await destination.FindAsync(context with { Existing = claim.Receipt }, cancellationToken),
            { Receipt: { } begun } => begun with { IsComplete = false },
            _ when asked.Route.Plan.Force => null,
            _ => await contact.FindAsync(destination, context, cancellationToken),
        };

    private ExportContext ContextOf(PublishCase asked, string jobId) => new()
    {
        Document = asked.Document,
        PreviousResults = asked.Previous,
        ReportProgressAsync = (progress, token) => journal.ReportProgressAsync(jobId, progress, token),
    };

    private PublishOutcome Failed(PublishCase asked, ExportFault fault, Journaling journaling, JobClaim? claim, AttemptOutcome? sent = null)
    {
        logger.LogInformation(
            ExportEvents.Failed, "{Session} did not reach {Destination}: {Code}.", asked.Route.Subject.SessionIdentifier, asked.DestinationName, fault.Code);
        return outcomes.Failed(asked, fault, journaling, claim, sent);
    }
}
