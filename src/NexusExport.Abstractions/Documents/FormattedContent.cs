using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace NexusExport;

/// <summary>What is sent: the exact bytes, with what every destination may ask about them. May be used by several threads at a time.</summary>
public sealed class FormattedContent
{
    private static readonly byte[] Utf8Bom = [0xEF, 0xBB, 0xBF];

    private readonly Lazy<string> _text;
    private readonly Lazy<ReadOnlyMemory<byte>> _utf8;
    private int? _charCount;

    /// <param name="bytes">The content as it stands in the file; the caller does not change it afterwards.</param>
    /// <param name="mediaType">Its media type.</param>
    /// <param name="encoding">How the bytes spell text; UTF-8 unless told.</param>
    public FormattedContent(ReadOnlyMemory<byte> bytes, string mediaType = LabRecord.XmlMediaType, Encoding? encoding = null)
    {
        Bytes = bytes;
        MediaType = mediaType;
        Encoding = encoding ?? Encoding.UTF8;
        ContentHash = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        _text = new(() => Encoding.GetString(WithoutBom(bytes).Span).TrimStart('\uFEFF'));
        _utf8 = new(() => Encoding.CodePage == Encoding.UTF8.CodePage ? WithoutBom(bytes) : Encoding.UTF8.GetBytes(Text));
    }

    /// <summary>The content, byte for byte as it stands in the record's file.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>What the bytes are, for example application/xml.</summary>
    public string MediaType { get; }

    /// <summary>How the bytes spell text.</summary>
    public Encoding Encoding { get; }

    /// <summary>SHA-256 of <see cref="Bytes"/>, lower-case hexadecimal.</summary>
    public string ContentHash { get; }

    /// <summary>The content as text, without a byte order mark.</summary>
    public string Text => _text.Value;

    /// <summary>The content as UTF-8 without a byte order mark; for a UTF-8 file this is a slice of <see cref="Bytes"/>, not a copy.</summary>
    public ReadOnlyMemory<byte> Utf8 => _utf8.Value;

    /// <summary>Length in characters (UTF-16 code units), counted once; a byte order mark is none.</summary>
    public int CharCount
    {
        get => _charCount ??= ContentEncoding.CountChars(Bytes.Span, Encoding);
        internal init => _charCount = value;
    }

    /// <summary>Whether the bytes are valid in a UTF-8 file; always true for other encodings.</summary>
    public bool IsValidText => Encoding.CodePage != Encoding.UTF8.CodePage || System.Text.Unicode.Utf8.IsValid(Bytes.Span);

    /// <summary>A stream over <see cref="Bytes"/>, without a copy where that can be had.</summary>
    public Stream OpenRead() => MemoryMarshal.TryGetArray(Bytes, out var segment)
        ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
        : new MemoryStream(Bytes.ToArray(), writable: false);

    private static ReadOnlyMemory<byte> WithoutBom(ReadOnlyMemory<byte> bytes) =>
        bytes.Span.StartsWith(Utf8Bom) ? bytes[Utf8Bom.Length..] : bytes;
}
