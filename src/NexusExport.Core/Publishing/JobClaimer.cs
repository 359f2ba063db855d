using NexusExport.Store;

namespace NexusExport.Publishing;

/// <summary>Asks the journal for a record's job, and waits while another process is at it.</summary>
internal sealed class JobClaimer(IJobJournal journal, TimeProvider time)
{
    /// <summary>How long to wait for another process that is exporting the same record to the same destination.</summary>
    private static readonly TimeSpan BusyLimit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan BusyPoll = TimeSpan.FromMilliseconds(250);

    /// <summary>The journal's answer, which is never Busy. Throws IN_PROGRESS.</summary>
    public async Task<JobClaim> ClaimAsync(JobRequest request, CancellationToken cancellationToken)
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
}
