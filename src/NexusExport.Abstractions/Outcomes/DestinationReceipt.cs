namespace NexusExport;

/// <summary>What a destination gives back for a record it has: enough to show it, to find it again and to take it back.</summary>
public sealed record DestinationReceipt
{
    /// <summary>The destination's own identifier of the record; null where it has none.</summary>
    public string? RecordId { get; init; }

    /// <summary>Where a person can look at it, an absolute URL; null where there is no such place.</summary>
    public string? RecordUrl { get; init; }

    /// <summary>What <see cref="IExportDestination.UndoAsync"/> needs beyond the id (a path, a commit); null where the id is enough.</summary>
    public string? Location { get; init; }

    /// <summary>Bytes of the record that were sent; 0 where it was found rather than sent.</summary>
    public long BytesSent { get; init; }

    /// <summary>
    /// False where something of the record is there but not all of it (an entry without its attachment, a record without its
    /// workspace): the publisher then calls UploadAsync with this receipt in <see cref="ExportContext.Existing"/> to complete it.
    /// </summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>What else is worth keeping in the log, by name: text, numbers, times, flags, and lists and dictionaries of these. Empty by default.</summary>
    public IReadOnlyDictionary<string, object?> Metadata { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);
}
