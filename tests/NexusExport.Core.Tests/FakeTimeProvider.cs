namespace NexusExport.Tests;

/// <summary>
/// A clock that stands still until it is told to move. With <see cref="AutoAdvance"/> a timer fires at once and the clock jumps to its
/// due time, so that code which waits is tested without waiting.
/// </summary>
public sealed class FakeTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _now;

    public FakeTimeProvider(DateTimeOffset? start = null) => _now = start ?? new DateTimeOffset(2026, 1, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Every wait that code asked for, in order.</summary>
    public IList<TimeSpan> Delays { get; } = [];

    /// <summary>Waits end at once.</summary>
    public bool AutoAdvance { get; init; } = true;

    /// <summary>Only waits up to this length end at once (time-outs of calls stay armed); no limit by default.</summary>
    public TimeSpan AutoAdvanceLimit { get; init; } = TimeSpan.MaxValue;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("Lab", TimeSpan.FromHours(-7), "Lab", "Lab");

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public void Advance(TimeSpan by)
    {
        List<FakeTimer> due;
        lock (_gate)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.Due <= _now)];
        }

        due.ForEach(timer => timer.Fire());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class FakeTimer(FakeTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; private set; } = DateTimeOffset.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                {
                    return true;
                }

                clock.Delays.Add(dueTime);
                if (!clock.AutoAdvance || dueTime > clock.AutoAdvanceLimit)
                {
                    Due = clock._now + dueTime;
                    clock._timers.Add(this);
                    return true;
                }

                clock._now += dueTime;
            }

            ThreadPool.QueueUserWorkItem(_ => callback(state));
            return true;
        }

        public void Fire()
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
            }

            callback(state);
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
