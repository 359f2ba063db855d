namespace NexusExport;

/// <summary>Which records of a CDCS server are wanted; what is not set does not narrow.</summary>
public sealed record CdcsRecordQuery
{
    /// <summary>Title; may have wildcards. Without them the server compares it exactly.</summary>
    public string? Title { get; init; }

    /// <summary>Title or id of the template.</summary>
    public string? Template { get; init; }

    /// <summary>Words that the server looks for in the records' text.</summary>
    public string? Keyword { get; init; }

    /// <summary>At most so many; null for all.</summary>
    public int? First { get; init; }
}
