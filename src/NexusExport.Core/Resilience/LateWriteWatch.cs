namespace NexusExport.Resilience;

/// <summary>
/// Looks, now and then, for a write that nobody answered, as long as it may still arrive. Other records have their turns meanwhile.
/// </summary>
internal sealed class LateWriteWatch(LookFirstCalls calls, DestinationTurns turns, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(16);

    /// <summary>The record if all of it has arrived; null where it has to be sent, or completed.</summary>
    public async Task<DestinationReceipt?> AwaitAsync(UploadAttempts attempts, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (calls.CanLook && attempts.UntilSettled is var rest && rest > TimeSpan.Zero)
        {
            var found = await turns.RunAsync(attempts, token => calls.LookAsync(attempts, token), cancellationToken);
            if (found is { IsComplete: true })
            {
                return found;
            }

            if (attempts.HasArrived(found))
            {
                attempts.Looked(found);
                return null;
            }

            // A timer may fire a moment early; whoever wakes looks again.
            await Task.Delay(pause < rest ? pause : rest, time, cancellationToken);
            pause = pause < LongestPause ? pause * 2 : LongestPause;
        }

        return null;
    }
}
