namespace NexusExport.Resilience;

/// <summary>Publishes records: attempt after attempt, each in its turn, and none before the last one's write is known to have failed or settled.</summary>
internal sealed class RetriedUploads(LookFirstCalls calls, LateWriteWatch late, DestinationTurns turns, RetryLoop retry, TimeProvider time)
{
    /// <summary>See <see cref="IResilientDestination.PublishAsync"/>.</summary>
    /// <param name="destination">The destination's name.</param>
    /// <param name="context">What to publish.</param>
    /// <param name="cancellationToken">Stops it, waits included.</param>
    public async Task<AttemptOutcome> PublishAsync(string destination, ExportContext context, CancellationToken cancellationToken)
    {
        var attempts = new UploadAttempts(context, time);
        try
        {
            var receipt = await retry.RunAsync(token => AttemptAsync(attempts, token), cancellationToken);
            return new(receipt, null, attempts.Count, attempts.Elapsed);
        }
        catch (ExportException ex)
        {
            // A record whose own attempt failed tells of that rather than of the break which kept it from another one.
            return new(null, retry.GiveUp(attempts.LastFault ?? ex.Fault), attempts.Count, attempts.Elapsed);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            var stopped = new ExportFault(ExportErrorCode.Cancelled, $"Stopped before {destination} had confirmed the record.")
            {
                MayHaveCommitted = attempts.Writes > 0,
            };
            return new(null, stopped, attempts.Count, attempts.Elapsed);
        }
        finally
        {
            retry.Leave(attempts);
        }
    }

    private async Task<DestinationReceipt> AttemptAsync(UploadAttempts attempts, CancellationToken cancellationToken) =>
        await late.AwaitAsync(attempts, cancellationToken)
        ?? await turns.RunAsync(
            attempts,
            token =>
            {
                attempts.Begin();
                return calls.WriteAsync(attempts, token);
            },
            cancellationToken);
}
