namespace NexusExport;

/// <summary>
/// What is exported, the same for all destinations of a run: a lab session's record, or a text that was made of something else, which has no
/// <see cref="Record"/>. Nothing of it changes after it was made.
/// </summary>
public sealed record ExportDocument
{
    /// <summary>
    /// The lab session that it belongs to, as every journal knows it; where there is a <see cref="Record"/>, that record's. Any text but an
    /// empty one: often a number, sometimes a URL.
    /// </summary>
    public required string SessionIdentifier { get; init; }

    /// <summary>The file name to use at the destination, without folders; not yet made safe for any file system.</summary>
    public required string FileName { get; init; }

    /// <summary>What to send, byte for byte, with its media type and its hash.</summary>
    public required FormattedContent Content { get; init; }

    /// <summary>What people call it; null where nothing tells.</summary>
    public string? Title { get; init; }

    /// <summary>Further facts, by name: text, numbers, times, flags, and lists and dictionaries of these. Empty by default.</summary>
    public IReadOnlyDictionary<string, object?> Metadata { get; init => field = NamedValues.Of(value); } = NamedValues.None;

    /// <summary>The messages that it was made of, in their order. Empty for a record, which is its own source.</summary>
    public IReadOnlyList<DocumentSource> Provenance { get; init; } = [];

    /// <summary>
    /// The record that it was made of; null where it was not made of one. Instrument, user and times are known from nowhere else, so a
    /// destination does without them where there is none.
    /// </summary>
    public LabRecord? Record { get; init; }
}
