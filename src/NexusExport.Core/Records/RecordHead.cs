namespace NexusExport.Records;

/// <summary>What the beginning of a record's XML tells, up to the end of its summary. Texts are trimmed and cut at 10,000 characters.</summary>
internal sealed record RecordHead
{
    public string? Title { get; init; }

    /// <summary>The id element.</summary>
    public string? Id { get; init; }

    /// <summary>summary/@ref: the reservation or usage event that the record was made from, mostly a URL.</summary>
    public string? Reference { get; init; }

    public IReadOnlyList<string> Experimenters { get; init; } = [];
    public IReadOnlyList<string> Collaborators { get; init; } = [];
    public string? InstrumentPid { get; init; }
    public string? InstrumentName { get; init; }

    /// <summary>xs:dateTime as written, with or without a zone.</summary>
    public string? ReservationStart { get; init; }

    /// <summary>xs:dateTime as written, with or without a zone.</summary>
    public string? ReservationEnd { get; init; }

    public string? Motivation { get; init; }
}
