using System.Globalization;

namespace NexusExport.Publishing;

/// <summary>One cause of failures in a run, with the records that it befell.</summary>
public sealed class FailureCause
{
    /// <summary>Records that are kept of one cause; there may be any number more.</summary>
    public const int MaxRecords = 100;

    private const int MaxMessages = 3;

    private readonly List<LabRecord> _records = [];
    private readonly List<string> _messages = [];
    private bool _hasMoreMessages;

    internal FailureCause(string? destinationName, ExportFault fault)
    {
        DestinationName = destinationName;
        Fault = fault;
    }

    /// <summary>The destination that failed; null where the record itself is the cause.</summary>
    public string? DestinationName { get; }

    /// <summary>What the first record met: the code, the message and what to do.</summary>
    public ExportFault Fault { get; }

    /// <summary>How many records it befell.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them failed by their strategy; 0 where the cause is worth a warning only.</summary>
    public int FailedCount { get; private set; }

    /// <summary>The first <see cref="MaxRecords"/> of them.</summary>
    public IReadOnlyList<LabRecord> Records => _records;

    /// <summary>One line: what, how often, and the first messages where they tell different things. What to do is in the fault.</summary>
    public override string ToString() => $"{Beginning()}{string.Join(" | ", _messages)}{(_hasMoreMessages ? " | …" : string.Empty)}";

    /// <summary>This cause with the records of another one that has the same reason.</summary>
    internal FailureCause And(FailureCause other)
    {
        var both = new FailureCause(DestinationName, Fault) { Count = Count + other.Count, FailedCount = FailedCount + other.FailedCount };
        both._records.AddRange(_records.Concat(other._records).Take(MaxRecords));
        both._messages.AddRange(_messages);
        both._hasMoreMessages = _hasMoreMessages;
        return both;
    }

    internal void Add(LabRecord record, ExportFault fault, bool failed)
    {
        Count++;
        FailedCount += failed ? 1 : 0;
        if (_records.Count < MaxRecords)
        {
            _records.Add(record);
        }

        AddMessage(fault.Message);
    }

    // Of a dead server one message is enough; of records that are wrong each says something else.
    private void AddMessage(string message)
    {
        var differs = !_messages.Contains(message, StringComparer.Ordinal);
        var tells = _messages.Count == 0
            || ExportErrorCatalog.For(Fault.Code).Kind is ExportErrorKind.InvalidData or ExportErrorKind.NotFound or ExportErrorKind.Unexpected;
        if (differs && tells && _messages.Count < MaxMessages)
        {
            _messages.Add(message);
        }
        else
        {
            _hasMoreMessages |= differs && tells;
        }
    }

    private string Beginning() => (DestinationName, Count) switch
    {
        (null, 1) => string.Empty,
        (not null, 1) => $"{RecordName.Of(_records[0])} → {DestinationName} ({Fault.Code}): ",
        (null, _) => $"{HowMany()} ({Fault.Code}): ",
        _ => $"{DestinationName} ({Fault.Code}), {HowMany()}: ",
    };

    private string HowMany()
    {
        var all = string.Create(CultureInfo.InvariantCulture, $"{Count} records");
        return FailedCount == 0 || FailedCount == Count ? all : string.Create(CultureInfo.InvariantCulture, $"{all}, {FailedCount} of which failed");
    }
}
