using System.Threading.Channels;
using NexusExport.Diagnostics;

namespace NexusExport.PowerShell.Pumping;

/// <summary>
/// Lets asynchronous work run off the pipeline thread while that thread alone writes. The thread that makes the pump is the pipeline
/// thread; every method but <see cref="PostAsync"/>, <see cref="Ask"/>, <see cref="AskAsync"/> and <see cref="Write"/> belongs to it.
/// An exception thrown by writing (a stopped pipeline, Select-Object -First) cancels the work, waits for its end, and goes on its way.
/// </summary>
internal sealed class CmdletPump : ILogSink, IDisposable
{
    private readonly ICmdletStreams _streams;
    private readonly PumpLimits _limits;
    private readonly CancellationToken _stop;
    private readonly CancellationTokenSource _cancel;
    private readonly CancellationToken _token;
    private readonly Channel<Action<ICmdletStreams>> _queue;
    private readonly int _pipelineThread = Environment.CurrentManagedThreadId;
    private Task<bool>? _arrival;
    private Task _worker = Task.CompletedTask;
    private int _dropped;

    /// <param name="streams">Where things are written.</param>
    /// <param name="stop">Cancelled when the user stops the pipeline.</param>
    /// <param name="limits">The bounds; the usual ones unless told.</param>
    public CmdletPump(ICmdletStreams streams, CancellationToken stop, PumpLimits? limits = null)
    {
        _streams = streams;
        _stop = stop;
        _limits = limits ?? new();
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _token = _cancel.Token;
        _queue = Channel.CreateBounded<Action<ICmdletStreams>>(new BoundedChannelOptions(_limits.Capacity) { SingleReader = true });
    }

    /// <summary>Called on the pipeline thread while it waits, at most once a <see cref="PumpLimits.Tick"/> when nothing arrives.</summary>
    public Action? Waiting { get; set; }

    private bool OnPipelineThread => Environment.CurrentManagedThreadId == _pipelineThread;

    /// <summary>Starts the work that <see cref="Finish"/> waits for. One at a time.</summary>
    public void Start(Func<CancellationToken, Task> work) => _worker = Task.Run(() => work(_token), CancellationToken.None);

    /// <summary>Writes what comes until the started work ends, and throws what it threw.</summary>
    public void Finish()
    {
        Wait(_worker);
        if (Interlocked.Exchange(ref _dropped, 0) is var dropped and > 0)
        {
            _streams.WriteWarning($"{dropped} log entries came faster than they could be shown and were left out.");
        }
    }

    /// <summary>Runs <paramref name="work"/> off the pipeline thread, writes what comes meanwhile, and returns its outcome.</summary>
    public T Run<T>(Func<CancellationToken, Task<T>> work)
    {
        var task = Task.Run(() => work(_token), CancellationToken.None);
        Wait(task);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Writes what comes until <paramref name="task"/> ends, and throws what it threw.</summary>
    public void Wait(Task task)
    {
        DeliverUntil(task);
        task.GetAwaiter().GetResult();
    }

    /// <summary>
    /// Brings items of an asynchronous source to the pipeline thread in their order. The source runs ahead by
    /// <see cref="PumpLimits.Capacity"/> items at most, and is cancelled and awaited when the caller stops taking.
    /// </summary>
    public IEnumerable<T> Pull<T>(Func<CancellationToken, IAsyncEnumerable<T>> source)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(_token);
        var items = Channel.CreateBounded<T>(new BoundedChannelOptions(_limits.Capacity) { SingleReader = true, SingleWriter = true });
        var producer = Task.Run(() => PumpSource.ProduceAsync(source, items.Writer, cancel.Token), CancellationToken.None);
        try
        {
            while (WaitForItem(items.Reader))
            {
                while (items.Reader.TryRead(out var item))
                {
                    DeliverPending();
                    yield return item;
                }
            }
        }
        finally
        {
            cancel.Cancel();
            AwaitEnd(producer);
        }
    }

    /// <summary>Hands <paramref name="write"/> to the pipeline thread; waits while too much is queued there.</summary>
    public ValueTask PostAsync(Action<ICmdletStreams> write) => _queue.Writer.WriteAsync(write, _token);

    /// <summary>Has the pipeline thread answer <paramref name="question"/>, and blocks until it did.</summary>
    public T Ask<T>(Func<T> question)
    {
        if (OnPipelineThread)
        {
            return question();
        }

        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        PostAsync(_ => Answer(question, answer)).AsTask().GetAwaiter().GetResult();
        return answer.Task.WaitAsync(_token).GetAwaiter().GetResult();
    }

    /// <summary>Has the pipeline thread answer <paramref name="question"/>; one that is cancelled before its turn is not asked.</summary>
    public async Task<T> AskAsync<T>(Func<T> question, CancellationToken cancellationToken)
    {
        if (OnPipelineThread)
        {
            return question();
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_token, cancellationToken);
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync(
            _ =>
            {
                if (!cancellationToken.IsCancellationRequested)
                {
                    Answer(question, answer);
                }
            },
            stop.Token);
        return await answer.Task.WaitAsync(stop.Token);
    }

    /// <inheritdoc/>
    public void Write(LogEntry entry)
    {
        if (OnPipelineThread)
        {
            LogText.Show(entry, _streams);
        }
        else if (!_queue.Writer.TryWrite(streams => LogText.Show(entry, streams)) && !WaitForRoom(entry))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Cancels what still runs and waits for its end.</summary>
    public void Dispose()
    {
        Abandon();
        _cancel.Dispose();
    }

    private static void Answer<T>(Func<T> question, TaskCompletionSource<T> answer)
    {
        try
        {
            answer.SetResult(question());
        }
        catch (Exception ex)
        {
            // It belongs to whoever asked.
            answer.SetException(ex);
        }
    }

    private bool WaitForItem<T>(ChannelReader<T> reader)
    {
        var ready = reader.WaitToReadAsync(CancellationToken.None);
        if (ready.IsCompletedSuccessfully)
        {
            return ready.Result;
        }

        var task = ready.AsTask();
        Wait(task);
        return task.Result;
    }

    private bool WaitForRoom(LogEntry entry)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_token);
        patience.CancelAfter(_limits.LogPatience);
        try
        {
            _queue.Writer.WriteAsync(streams => LogText.Show(entry, streams), patience.Token).AsTask().GetAwaiter().GetResult();
            return true;
        }
        catch (OperationCanceledException)
        {
            // A log entry is not worth holding up an export; Finish tells how many went.
            return false;
        }
    }

    private void DeliverUntil(Task done)
    {
        long? stoppedAt = null;
        while (!done.IsCompleted)
        {
            DeliverPending();
            _arrival ??= _queue.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
            Task.WaitAny([done, _arrival], _limits.Tick);
            _arrival = _arrival.IsCompleted ? null : _arrival;
            Deliver(_ => Waiting?.Invoke());
            if (_stop.IsCancellationRequested && Environment.TickCount64 - (stoppedAt ??= Environment.TickCount64) > _limits.StopGrace.TotalMilliseconds)
            {
                throw new OperationCanceledException("The work did not stop in time and is left behind.", _stop);
            }
        }

        DeliverPending();
    }

    /// <summary>Writes what has come, without waiting.</summary>
    public void DeliverPending()
    {
        while (_queue.Reader.TryRead(out var write))
        {
            Deliver(write);
        }
    }

    private void Deliver(Action<ICmdletStreams> write)
    {
        try
        {
            write(_streams);
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    private void Abandon()
    {
        _cancel.Cancel();
        AwaitEnd(_worker);
        while (_queue.Reader.TryRead(out _))
        {
            // What still waits is dropped: whoever was to take it has gone.
        }
    }

    // Its exception is read so that it counts as seen: the exception that brought us here is the one that is told.
    private void AwaitEnd(Task task)
    {
        Task.WaitAny([task], _limits.StopGrace);
        _ = task.Exception;
    }
}
