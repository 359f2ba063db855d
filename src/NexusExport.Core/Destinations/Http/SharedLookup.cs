namespace NexusExport.Destinations.Http;

/// <summary>
/// A value that is fetched once and shared by everybody who asks. A failure is not kept, and neither is somebody's cancellation:
/// the fetch goes on as long as one of those who wait still wants it.
/// </summary>
internal sealed class SharedLookup<T>(Func<CancellationToken, Task<T>> fetch)
{
    private readonly Lock _gate = new();
    private Fetching? _current;

    /// <summary>The value, fetched now if need be.</summary>
    public async Task<T> GetAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var fetching = Join();
        try
        {
            return await fetching.Value.WaitAsync(cancellationToken);
        }
        finally
        {
            Leave(fetching);
        }
    }

    /// <summary>Forgets the value, so that the next one who asks fetches it anew.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _current = null;
        }
    }

    /// <summary>Forgets the value if it still is <paramref name="stale"/>: of many who find out that it has aged, one has it fetched anew.</summary>
    public void Forget(T stale)
    {
        lock (_gate)
        {
            if (_current is { Value.IsCompletedSuccessfully: true } current && EqualityComparer<T>.Default.Equals(current.Value.Result, stale))
            {
                _current = null;
            }
        }
    }

    private Fetching Join()
    {
        lock (_gate)
        {
            if (_current is null || _current.Value.IsFaulted || _current.Value.IsCanceled)
            {
                _current = new(fetch);
            }

            _current.Waiting++;
            return _current;
        }
    }

    private void Leave(Fetching fetching)
    {
        lock (_gate)
        {
            if (--fetching.Waiting > 0 || fetching.Value.IsCompleted)
            {
                return;
            }

            if (ReferenceEquals(_current, fetching))
            {
                _current = null;
            }
        }

        fetching.Abandoned.Cancel();
    }

    private sealed class Fetching
    {
        public Fetching(Func<CancellationToken, Task<T>> fetch) => Value = Task.Run(() => fetch(Abandoned.Token));

        // It has no timer, so there is nothing in it to dispose.
        public CancellationTokenSource Abandoned { get; } = new();

        public Task<T> Value { get; }

        public int Waiting { get; set; }
    }
}
