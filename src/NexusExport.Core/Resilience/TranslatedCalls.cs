namespace NexusExport.Resilience;

/// <summary>Turns whatever a destination throws into an <see cref="ExportException"/>, and whatever a stopped one dies of into a cancellation.</summary>
internal sealed class TranslatedCalls(IDestinationCalls inner, string destination) : IDestinationCalls
{
    public async Task<T> RunAsync<T>(DestinationCall<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return await inner.RunAsync(call, cancellationToken);
        }
        catch (Exception ex) when (ex is not ExportException && !cancellationToken.IsCancellationRequested)
        {
            // The one place where a destination, plugged in perhaps, may throw anything at all.
            throw new ExportException(ExceptionTranslator.ToFault(destination, ex, call.IsWrite), ex);
        }
        catch (Exception ex) when (ex is not ExportException and not OperationCanceledException)
        {
            // It died of the cancellation in its own way.
            throw new OperationCanceledException(ExceptionText.Of(ex), ex, cancellationToken);
        }
    }
}
