namespace NexusExport.Resilience;

/// <summary>Makes a call in its turn, and again where that can help. For calls that do no harm when they are made twice.</summary>
internal sealed class RetriedCalls(IDestinationCalls inner, DestinationTurns turns, RetryLoop retry) : IDestinationCalls
{
    public async Task<T> RunAsync<T>(DestinationCall<T> call, CancellationToken cancellationToken)
    {
        var caller = new object();
        try
        {
            return await retry.RunAsync(
                token => turns.RunAsync(caller, inTurn => inner.RunAsync(call, inTurn), token),
                cancellationToken);
        }
        catch (ExportException ex)
        {
            throw new ExportException(retry.GiveUp(ex.Fault), ex);
        }
        finally
        {
            retry.Leave(caller);
        }
    }
}
