using System.Security.Cryptography;

namespace NexusExport;

/// <summary>One lab session's record: what is exported.</summary>
public sealed record LabRecord
{
    /// <summary>Media type of a NexusLIMS record.</summary>
    public const string XmlMediaType = "application/xml";

    private string? _contentHash;

    /// <summary>The session's identifier: as the NexusLIMS database spells it where one is joined, else the file name's suffix, else the XML's id.</summary>
    public required string SessionIdentifier { get; init; }

    /// <summary>Instrument, for example FEI-Titan-TEM; null where nothing tells it.</summary>
    public string? InstrumentPid { get; init; }

    /// <summary>The instrument's name as people say it (the NexusLIMS database's display_name or the XML's text).</summary>
    public string? InstrumentName { get; init; }

    /// <summary>Start of the session.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>End of the session.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Who worked at the instrument.</summary>
    public string? User { get; init; }

    /// <summary>Title of the record.</summary>
    public string? Title { get; init; }

    /// <summary>Full path of the record's file; null where <see cref="Content"/> is given instead.</summary>
    public string? Path { get; init; }

    /// <summary>The record itself where no file holds it.</summary>
    public string? Content { get; init; }

    /// <summary>Media type of the content.</summary>
    public string MediaType { get; init; } = XmlMediaType;

    /// <summary>The session's record_status in the NexusLIMS database (TO_BE_BUILT, COMPLETED, …); null without one.</summary>
    public string? Status { get; init; }

    /// <summary>File size in bytes; null where there is no file.</summary>
    public long? Size { get; init; }

    /// <summary>When the file was last written; null where there is no file.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>Further facts, by name.</summary>
    public IReadOnlyDictionary<string, object?> Metadata { get; init => field = NamedValues.Of(value); } = NamedValues.None;

    /// <summary>
    /// SHA-256 of the content, 64 lower-case hexadecimal digits. Reading a folder does not hash its files: the value is computed
    /// when it is first asked for, from the file as it then is; null if the file is gone.
    /// </summary>
    public string? ContentHash
    {
        get => _contentHash ??= ComputeHash();
        init => _contentHash = value;
    }

    private string? ComputeHash()
    {
        if (Content is not null)
        {
            return Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Content)));
        }

        if (Path is null || !File.Exists(Path))
        {
            return null;
        }

        using var stream = RegularFile.OpenRead(Path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
