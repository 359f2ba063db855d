namespace NexusExport.Destinations.Http;

/// <summary>Reads an answer's body into memory, but never more than the caller is ready to hold.</summary>
internal static class CappedBody
{
    private const int FirstBuffer = 16 * 1024;

    /// <summary>The whole body; null where it is longer than <paramref name="limit"/> bytes.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        var announced = content.Headers.ContentLength;
        if (announced > limit)
        {
            return null;
        }

        await using var stream = await content.ReadAsStreamAsync(cancellationToken);

        // One byte more than announced, so that the read which finds the end needs no larger buffer.
        var buffer = GC.AllocateUninitializedArray<byte>(announced is { } length ? (int)length + 1 : Math.Min(FirstBuffer, limit + 1));
        var filled = 0;
        while (true)
        {
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min((long)buffer.Length * 2, (long)limit + 1));
            }

            var read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken);
            if (read == 0)
            {
                return buffer.AsMemory(0, filled);
            }

            filled += read;
            if (filled > limit)
            {
                return null;
            }
        }
    }
}
