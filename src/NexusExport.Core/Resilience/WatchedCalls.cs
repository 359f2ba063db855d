namespace NexusExport.Resilience;

/// <summary>Tells the breaker how each call ended.</summary>
internal sealed class WatchedCalls(IDestinationCalls inner, OutageBreaker breaker) : IDestinationCalls
{
    public async Task<T> RunAsync<T>(DestinationCall<T> call, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await inner.RunAsync(call, cancellationToken);
            breaker.Answered(call.IsWrite);
            return answer;
        }
        catch (ExportException ex)
        {
            Tell(ex.Fault, call.IsWrite);
            throw;
        }
    }

    private void Tell(ExportFault fault, bool isWrite)
    {
        if (fault.ConcernsEveryRecord)
        {
            breaker.Refused(fault);
        }
        else if (OutageBreaker.IsTrouble(fault))
        {
            breaker.Failed(fault);
        }
        else
        {
            // A refusal comes from a destination that is alive.
            breaker.Answered(isWrite);
        }
    }
}
