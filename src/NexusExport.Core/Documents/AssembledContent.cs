using System.Text;

namespace NexusExport.Documents;

/// <summary>What stage 1 hands on: a record with its content in memory (specification section 2.1).</summary>
internal sealed record AssembledContent
{
    public required LabRecord Record { get; init; }

    /// <summary>The content, byte for byte as it stands in the file.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>How the bytes spell text, by their byte order mark or XML declaration.</summary>
    public required Encoding Encoding { get; init; }

    /// <summary>Name for the document at its destinations, without folders.</summary>
    public required string FileName { get; init; }

    public required ContentStatistics Statistics { get; init; }

    /// <summary>Where the content comes from; null where no file holds it.</summary>
    public ContentProvenance? Provenance { get; init; }
}

/// <summary>How much content there is.</summary>
/// <param name="ByteCount">Bytes as they stand in the file.</param>
/// <param name="CharCount">Characters (UTF-16 code units), without a byte order mark.</param>
internal sealed record ContentStatistics(long ByteCount, int CharCount)
{
    /// <summary>An estimate: four characters are about one token.</summary>
    public int TokenCount => CharCount / 4;
}

/// <summary>The file that content was read from, as it was at that moment.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Size">Bytes.</param>
/// <param name="LastModified">When it was last written.</param>
internal sealed record ContentProvenance(string Path, long Size, DateTimeOffset LastModified);
