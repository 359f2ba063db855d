using Microsoft.Extensions.Logging;
using NexusExport.Diagnostics;
using NexusExport.Resilience;
using NexusExport.Security;
using NexusExport.Store;

namespace NexusExport.Publishing;

/// <summary>One document to one destination: ask the journal, look before sending again, send, and say what became of it.</summary>
internal sealed class DestinationPublisher(
    IExportStore journal, FirstContact contact, SecretRedactor redactor, TimeProvider time, ILogger logger)
{
    /// <summary>How long to wait for another process that is exporting the same record to the same destination.</summary>
    private static readonly TimeSpan BusyLimit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan BusyPoll = TimeSpan.FromMilliseconds(250);

    /// <summary>Publishes, and never throws: whatever happens, cancellation too, is an outcome to be written down.</summary>
    public async Task<PublishOutcome> PublishAsync(
        IResilientDestination destination,
        ExportContext context,
        JobRequest request,
        CancellationToken cancellationToken)
    {
        JobClaim? claim = null;
        AttemptOutcome? sent = null;
        try
        {
            claim = await ClaimAsync(request, cancellationToken);
            if (claim.Kind == JobClaimKind.AlreadyExported)
            {
                return new(Result(ExportStatus.AlreadyExported, claim.Receipt), claim.Receipt, WriteLog: false);
            }

            var existing = await FindAsync(destination, context, request, claim, cancellationToken);
            if (existing is { IsComplete: true })
            {
                logger.LogInformation(ExportEvents.Found, "{Destination} has {Session} already; nothing is sent.", destination.Name, request.SessionIdentifier);
                return new(Result(ExportStatus.AlreadyExported, existing), existing, WriteLog: true);
            }

            var jobId = claim.JobId!;
            sent = await destination.PublishAsync(
                context with { Existing = existing, ReportProgressAsync = (progress, token) => journal.ReportProgressAsync(jobId, progress, token) },
                cancellationToken);
            if (sent.Fault is { } refused)
            {
                // What was stopped before anything was sent is no attempt, and no news for the log.
                return Failure(refused, writeLog: refused.Code != ExportErrorCode.Cancelled || sent.Attempts > 0);
            }

            var receipt = sent.Receipt!;
            logger.LogInformation(ExportEvents.Exported, "{Session} is at {Destination} as {RecordId}.", request.SessionIdentifier, destination.Name, receipt.RecordId);
            return new(Result(ExportStatus.Exported, receipt), receipt, WriteLog: true);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped while asking the journal or looking at the destination: nothing was sent.
            return Failure(new(ExportErrorCode.Cancelled, $"Stopped before {destination.Name} was asked."), writeLog: false);
        }
        catch (Exception exception)
        {
            // Whatever a destination throws is this record's failure at this destination and nobody else's.
            return Failure(ExceptionTranslator.ToFault(destination.Name, exception, isWrite: false));
        }

        PublishOutcome Failure(ExportFault fault, bool writeLog = true)
        {
            var left = fault.Partial ?? claim?.Receipt;
            logger.LogInformation(ExportEvents.Failed, "{Session} did not reach {Destination}: {Code}.", request.SessionIdentifier, destination.Name, fault.Code);
            var result = Result(ExportStatus.Failed, left) with
            {
                ErrorCode = fault.Code,
                ErrorMessage = redactor.Redact(fault.Message),
                RecommendedAction = fault.RecommendedAction,
                Recoverable = fault.Recoverable,
            };
            return new(result, left, writeLog);
        }

        ExportResult Result(ExportStatus status, DestinationReceipt? receipt) => new()
        {
            SessionIdentifier = request.SessionIdentifier,
            RecordPath = context.Document.Record?.Path,
            DestinationName = destination.Name,
            Status = status,
            RecordId = receipt?.RecordId,
            RecordUrl = receipt?.RecordUrl,
            Timestamp = time.GetLocalNow(),
            Duration = sent?.Duration ?? TimeSpan.Zero,
            Attempts = sent?.Attempts ?? 0,
            BytesSent = receipt?.BytesSent ?? 0,
            ContentHash = request.ContentHash,
            JobId = claim?.JobId,
            BatchId = request.BatchId,
            Metadata = receipt?.Metadata ?? new Dictionary<string, object?>(StringComparer.Ordinal),
        };
    }

    private async Task<JobClaim> ClaimAsync(JobRequest request, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var claim = await journal.ClaimAsync(request, cancellationToken);
            if (claim.Kind != JobClaimKind.Busy)
            {
                return claim;
            }

            if (time.GetElapsedTime(started) > BusyLimit)
            {
                throw new ExportException(
                    ExportErrorCode.InProgress,
                    $"Another process has been exporting {request.SessionIdentifier} to {request.DestinationName} for more than {BusyLimit.TotalSeconds:0} s.");
            }

            await Task.Delay(BusyPoll, time, cancellationToken);
        }
    }

    /// <summary>
    /// What of this record is there already: asked where an earlier attempt's outcome is unknown, and where another journal may have brought it.
    /// </summary>
    private async Task<DestinationReceipt?> FindAsync(
        IResilientDestination destination,
        ExportContext context,
        JobRequest request,
        JobClaim claim,
        CancellationToken cancellationToken) => claim switch
        {
            { Kind: JobClaimKind.GrantedFindFirst } when destination.Capabilities.CanFind =>
                await destination.FindAsync(context with { Existing = claim.Receipt }, cancellationToken),
            { Receipt: { } begun } => begun with { IsComplete = false },
            _ when request.Force => null,
            _ => await contact.FindAsync(destination, context, cancellationToken),
        };
}
