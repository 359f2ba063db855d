namespace NexusExport.Destinations.Http;

/// <summary>Takes a body up to a limit; whoever writes more is stopped by <see cref="ExportException"/>, and <see cref="IsOver"/> tells that it was that.</summary>
internal sealed class LimitedBuffer(int limit) : MemoryStream
{
    /// <summary>Whether there was more than the limit.</summary>
    public bool IsOver { get; private set; }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Length + buffer.Length > limit)
        {
            IsOver = true;
            throw new ExportException(ExportErrorCode.UnexpectedResponse, $"The answer is longer than {limit} bytes.");
        }

        return base.WriteAsync(buffer, cancellationToken);
    }
}
