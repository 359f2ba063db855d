using Microsoft.Extensions.Logging.Abstractions;

namespace NexusExport.Resilience;

/// <summary>
/// Any destination, tried again where that can help: recoverable faults only, after growing waits or as long as the server asks, and
/// never a second write before looking whether the first has arrived. An outage is noticed once for all records, and so is a limit, for
/// which a record waits before its attempt begins. Whatever the destination throws comes out as an <see cref="ExportException"/>; the
/// caller's cancellation passes at once, waits included.
/// </summary>
public sealed class ResilientDestination : IExportDestination
{
    private static readonly TimeSpan FirstLookPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestLookPause = TimeSpan.FromSeconds(16);

    private readonly IExportDestination _inner;
    private readonly ResilienceOptions _options;
    private readonly RetryPolicy _policy;
    private readonly Retries _retries;
    private readonly OutageBreaker _breaker;
    private readonly RateLimiter _limiter;
    private readonly CallTimeLimit _time;
    private readonly SemaphoreSlim _turns;

    /// <param name="inner">The destination; disposed with this.</param>
    /// <param name="options">How hard to try.</param>
    public ResilientDestination(IExportDestination inner, ResilienceOptions options)
        : this(inner, options, new RateLimiter(inner.Name, CallLimits.None, options, NullLogger.Instance))
    {
    }

    /// <param name="inner">The destination; disposed with this.</param>
    /// <param name="options">How hard to try.</param>
    /// <param name="limiter">How often to call; what the destination's own requests pass, too.</param>
    internal ResilientDestination(IExportDestination inner, ResilienceOptions options, RateLimiter limiter)
    {
        _inner = inner;
        _options = options;
        _policy = new(options, inner.Capabilities);
        _breaker = new(inner.Name, options);
        _retries = new(_policy, () => _breaker.IsTired);
        _limiter = limiter;
        _time = new(inner.Name, options.CallTimeout, limiter, options.Time);
        _turns = new(limiter.AtOnce);
    }

    /// <inheritdoc/>
    public string Name => _inner.Name;

    /// <inheritdoc/>
    public string Type => _inner.Type;

    /// <inheritdoc/>
    public int Priority => _inner.Priority;

    /// <inheritdoc/>
    public IReadOnlyList<Dependency> DependsOn => _inner.DependsOn;

    /// <inheritdoc/>
    public DestinationCapabilities Capabilities => _inner.Capabilities;

    /// <inheritdoc/>
    public IReadOnlyList<ExportFault> ValidateConfiguration() => _inner.ValidateConfiguration();

    /// <summary>
    /// Publishes a record. The outcome, failures and cancellation included, comes as a value with the number of attempts; throws nothing.
    /// </summary>
    public async Task<AttemptOutcome> PublishAsync(ExportContext context, CancellationToken cancellationToken)
    {
        var attempts = new UploadAttempts(context, _options.Time);
        try
        {
            var receipt = await _retries.RunAsync(token => AttemptAsync(attempts, token), cancellationToken);
            return new(receipt, null, attempts.Count, attempts.Elapsed);
        }
        catch (ExportException ex)
        {
            return new(null, GiveUp(attempts, ex.Fault), attempts.Count, attempts.Elapsed);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            var stopped = new ExportFault(ExportErrorCode.Cancelled, $"Stopped before {Name} had confirmed the record.")
            {
                MayHaveCommitted = attempts.Writes > 0,
            };
            return new(null, stopped, attempts.Count, attempts.Elapsed);
        }
        finally
        {
            _breaker.Leave(attempts);
        }
    }

    /// <inheritdoc/>
    public async Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken)
    {
        var outcome = await PublishAsync(context, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return outcome.Receipt ?? throw new ExportException(outcome.Fault!);
    }

    /// <summary>Tries the connection once: a test tells what is, and does not wait for it to get better.</summary>
    public Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken) =>
        TranslateAsync(_inner.TestConnectionAsync, bytes: 0, isWrite: false, cancellationToken);

    /// <inheritdoc/>
    public Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken) =>
        RetryAsync(token => _inner.FindAsync(context, token), isWrite: false, cancellationToken);

    /// <summary>Lists what is there; null where the destination cannot, or not at that price. See <see cref="IListsContent"/>.</summary>
    public Task<IContentListing?> ListContentAsync(ListingBudget budget, CancellationToken cancellationToken) => _inner is IListsContent lists
        ? RetryAsync(token => lists.ListContentAsync(budget, token), isWrite: false, cancellationToken)
        : Task.FromResult<IContentListing?>(null);

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken) =>
        RetryAsync(token => _inner.FetchExistingAsync(fileName, token), isWrite: false, cancellationToken);

    /// <inheritdoc/>
    public Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken) => RetryAsync(
        async token =>
        {
            await _inner.UndoAsync(receipt, token);
            return true;
        },
        isWrite: true,
        cancellationToken);

    /// <summary>Has the destination make the place its records go to, in one attempt. Throws NOT_SUPPORTED where it makes none.</summary>
    public Task<string> CreateStorageAsync(CancellationToken cancellationToken) => _inner is ICreatesStorage storage
        ? TranslateAsync(storage.CreateStorageAsync, bytes: 0, isWrite: false, cancellationToken)
        : throw new ExportException(ExportErrorCode.NotSupported, $"'{Name}' is of the type {Type}, which has no table to make.");

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _turns.Dispose();
        return _inner.DisposeAsync();
    }

    private async Task<DestinationReceipt> AttemptAsync(UploadAttempts attempts, CancellationToken cancellationToken) =>
        await AwaitLateWriteAsync(attempts, cancellationToken)
        ?? await InTurnAsync(
            attempts,
            token =>
            {
                attempts.Begin();
                return WriteAsync(attempts, token);
            },
            cancellationToken);

    /// <summary>
    /// Looks, now and then, for a write that nobody answered, as long as it may still arrive. Other records have their turns meanwhile. Gives the
    /// record if all of it is there.
    /// </summary>
    private async Task<DestinationReceipt?> AwaitLateWriteAsync(UploadAttempts attempts, CancellationToken cancellationToken)
    {
        var pause = FirstLookPause;
        while (Capabilities.CanFind && attempts.UntilSettled is var rest && rest > TimeSpan.Zero)
        {
            var found = await InTurnAsync(attempts, token => LookAsync(attempts, token), cancellationToken);
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
            await Task.Delay(pause < rest ? pause : rest, _options.Time, cancellationToken);
            pause = pause < LongestLookPause ? pause * 2 : LongestLookPause;
        }

        return null;
    }

    /// <summary>Makes a call when there is room for it and nobody else is finding out whether the destination is there at all.</summary>
    private async Task<T> InTurnAsync<T>(object caller, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        while (true)
        {
            await _breaker.WaitAsync(caller, cancellationToken);
            await _turns.WaitAsync(cancellationToken);
            try
            {
                // A turn that those who are being stopped gave up is no turn to begin with.
                cancellationToken.ThrowIfCancellationRequested();
                if (_breaker.TryEnter(caller))
                {
                    return await call(cancellationToken);
                }
            }
            finally
            {
                _turns.Release();
            }
        }
    }

    private async Task<DestinationReceipt> WriteAsync(UploadAttempts attempts, CancellationToken cancellationToken)
    {
        try
        {
            if (attempts.MustLookFirst && Capabilities.CanFind)
            {
                var found = await LookAsync(attempts, cancellationToken);
                if (found is { IsComplete: true })
                {
                    return found;
                }

                attempts.Looked(found);
            }

            return await CallAsync(
                token =>
                {
                    attempts.Writing();
                    return _inner.UploadAsync(attempts.Context, token);
                },
                attempts.Context.Document.Content.Bytes.Length,
                isWrite: true,
                cancellationToken);
        }
        catch (ExportException ex)
        {
            throw new ExportException(attempts.Failed(ex.Fault), ex);
        }
    }

    private async Task<DestinationReceipt?> LookAsync(UploadAttempts attempts, CancellationToken cancellationToken)
    {
        try
        {
            return await CallAsync(token => _inner.FindAsync(attempts.Context, token), bytes: 0, isWrite: false, cancellationToken);
        }
        catch (ExportException ex)
        {
            attempts.LookFailed();
            throw new ExportException(attempts.Failed(ex.Fault), ex);
        }
    }

    private ExportFault GiveUp(UploadAttempts attempts, ExportFault fault)
    {
        // A record whose own attempt failed tells of that rather than of the break which kept it from another one.
        var own = attempts.LastFault ?? fault;
        if (OutageBreaker.IsTrouble(own))
        {
            _breaker.GaveUp(own);
        }

        return _policy.Explain(own);
    }

    private async Task<T> RetryAsync<T>(Func<CancellationToken, Task<T>> call, bool isWrite, CancellationToken cancellationToken)
    {
        var caller = new object();
        try
        {
            return await _retries.RunAsync(
                token => InTurnAsync(caller, inTurn => CallAsync(call, bytes: 0, isWrite, inTurn), token), cancellationToken);
        }
        catch (ExportException ex)
        {
            if (OutageBreaker.IsTrouble(ex.Fault))
            {
                _breaker.GaveUp(ex.Fault);
            }

            throw new ExportException(_policy.Explain(ex.Fault), ex);
        }
        finally
        {
            _breaker.Leave(caller);
        }
    }

    private Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, long bytes, bool isWrite, CancellationToken cancellationToken) =>
        _limiter.RunAsync(token => WatchAsync(call, bytes, isWrite, token), isWrite, cancellationToken);

    private async Task<T> WatchAsync<T>(Func<CancellationToken, Task<T>> call, long bytes, bool isWrite, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await TranslateAsync(call, bytes, isWrite, cancellationToken);
            _breaker.Answered(isWrite);
            return answer;
        }
        catch (ExportException ex)
        {
            _limiter.Observe(ex.Fault);
            Tell(ex.Fault, isWrite);
            throw;
        }
    }

    private void Tell(ExportFault fault, bool isWrite)
    {
        if (fault.ConcernsEveryRecord)
        {
            _breaker.Refused(fault);
        }
        else if (OutageBreaker.IsTrouble(fault))
        {
            _breaker.Failed(fault);
        }
        else
        {
            // A refusal comes from a destination that is alive.
            _breaker.Answered(isWrite);
        }
    }

    private async Task<T> TranslateAsync<T>(Func<CancellationToken, Task<T>> call, long bytes, bool isWrite, CancellationToken cancellationToken)
    {
        try
        {
            return await _time.RunAsync(call, bytes, isWrite, cancellationToken);
        }
        catch (Exception ex) when (ex is not ExportException && !cancellationToken.IsCancellationRequested)
        {
            // The one place where a destination, plugged in perhaps, may throw anything at all.
            throw new ExportException(ExceptionTranslator.ToFault(Name, ex, isWrite), ex);
        }
        catch (Exception ex) when (ex is not ExportException and not OperationCanceledException)
        {
            // It died of the cancellation in its own way.
            throw new OperationCanceledException(ExceptionText.Of(ex), ex, cancellationToken);
        }
    }
}
