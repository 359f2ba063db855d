namespace NexusExport.Destinations.Common;

/// <summary>
/// Lets records whose files share a name have their turns at a destination one after the other, while others go on. Servers that look whether a
/// name is free and only then give it away (nginx, Apache, S3 services without conditional requests) would let one overwrite the other.
/// </summary>
internal sealed class NameTurns
{
    // Names that share a turn by chance only wait a little.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Does the work when nobody else is at it under this name; case does not tell names apart here.</summary>
    public async Task<T> RunAsync<T>(string name, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var turn = _turns[(uint)StringComparer.OrdinalIgnoreCase.GetHashCode(name) % _turns.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            turn.Release();
        }
    }
}
