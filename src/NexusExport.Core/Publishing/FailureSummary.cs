namespace NexusExport.Publishing;

/// <summary>
/// Gathers what went wrong in a run by its causes: one dead destination and a thousand records are one cause and not a thousand. Keeps a
/// bounded number of causes and of records of each. May be fed by several threads.
/// </summary>
public sealed class FailureSummary
{
    /// <summary>Causes that are told apart; what comes after them is counted with the last of them.</summary>
    public const int MaxCauses = 100;

    // No name of a destination has a space.
    private const string Notice = "a notice";

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Destination, string Code), FailureCause> _causes = new(CauseComparer.Instance);

    /// <summary>The causes in the order in which they came up.</summary>
    public IReadOnlyList<FailureCause> Causes
    {
        get
        {
            lock (_gate)
            {
                return [.. _causes.Values.Where(cause => ReasonOf(cause) is null).Select(WithOutage)];
            }
        }
    }

    /// <summary>Adds what one record has to tell: why it failed, or where it could not be brought although it succeeded.</summary>
    public void Add(RecordFinished finished)
    {
        ArgumentNullException.ThrowIfNull(finished);
        foreach (var notice in finished.Notices)
        {
            Add(finished, destination: null, notice, failed: false);
        }

        var failures = finished.Results.Where(result => !result.Success).ToList();
        if (finished is { Success: false, Fault: { } fault } && (fault.Code != ExportErrorCode.StrategyFailed || failures.Count == 0))
        {
            // The record itself is at fault; its results say the same once more for each destination.
            Add(finished, destination: null, fault, failed: true);
            return;
        }

        foreach (var result in failures)
        {
            Add(finished, result.DestinationName, FaultOf(result), failed: !finished.Success);
        }
    }

    private static ExportFault FaultOf(ExportResult result)
    {
        var fault = new ExportFault(result.ErrorCode ?? ExportErrorCode.UnexpectedFailure, result.ErrorMessage ?? "No reason was given.");
        return result.RecommendedAction is { } advice ? fault with { RecommendedAction = advice } : fault;
    }

    private void Add(RecordFinished finished, string? destination, ExportFault fault, bool failed)
    {
        lock (_gate)
        {
            Find(destination, fault, failed).Add(finished.Record, fault, failed);
        }
    }

    private FailureCause Find(string? destination, ExportFault fault, bool failed)
    {
        // What is merely worth knowing of a record is no failure of others with the same code.
        var key = (destination ?? (failed ? string.Empty : Notice), fault.Code);
        if (!_causes.TryGetValue(key, out var cause))
        {
            if (_causes.Count >= MaxCauses)
            {
                return _causes.Values.Last();
            }

            cause = new(destination, fault);
            _causes.Add(key, cause);
        }

        return cause;
    }

    private static bool IsOutage(FailureCause cause) => cause.Fault.Code == ExportErrorCode.DestinationUnavailable;

    /// <summary>A destination that is left alone after repeated failures has failed for the reason of those; null where they are not known here.</summary>
    private FailureCause? ReasonOf(FailureCause outage) => !IsOutage(outage)
        ? null
        : _causes.Values.FirstOrDefault(cause =>
            !IsOutage(cause)
            && string.Equals(cause.DestinationName, outage.DestinationName, StringComparison.OrdinalIgnoreCase)
            && ExportErrorCatalog.For(cause.Fault.Code).Kind == ExportErrorKind.Connection);

    private FailureCause WithOutage(FailureCause cause) =>
        _causes.Values.FirstOrDefault(outage => ReferenceEquals(ReasonOf(outage), cause)) is { } outage ? cause.And(outage) : cause;

    private sealed class CauseComparer : IEqualityComparer<(string Destination, string Code)>
    {
        public static CauseComparer Instance { get; } = new();

        public bool Equals((string Destination, string Code) x, (string Destination, string Code) y) =>
            x.Code == y.Code && string.Equals(x.Destination, y.Destination, StringComparison.OrdinalIgnoreCase);

        public int GetHashCode((string Destination, string Code) obj) =>
            HashCode.Combine(StringComparer.OrdinalIgnoreCase.GetHashCode(obj.Destination), obj.Code);
    }
}
