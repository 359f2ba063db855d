using System.Text;
using System.Text.RegularExpressions;

namespace NexusExport.Destinations.Cdcs;

/// <summary>
/// A record as CDCS is to get it. It travels in JSON, which is UTF-8, and CDCS keeps it byte for byte: so it has to be UTF-8, and its XML
/// declaration has to say so. A byte order mark stays, and so does a declaration that is as true of the UTF-8 as of the file.
/// </summary>
internal sealed partial class CdcsContent
{
    private const string Utf8Name = "UTF-8";

    // Longer than any XML declaration that is written in earnest.
    private const int DeclarationLength = 256;

    private CdcsContent(ReadOnlyMemory<byte> utf8, string? declaredBefore = null)
    {
        Utf8 = utf8;
        DeclaredBefore = declaredBefore;
    }

    /// <summary>What is sent.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>The encoding that the file declares, where it had to be declared anew; null where the file is sent as it stands.</summary>
    public string? DeclaredBefore { get; }

    /// <summary>Makes it of a record. Throws NOT_WELL_FORMED for bytes that are no text in the encoding they declare.</summary>
    // Long: what is sent as it stands, what is converted and what is refused are one decision.
    public static CdcsContent Of(FormattedContent content, string destination)
    {
        var bytes = content.Bytes;
        var isUtf8 = content.Encoding.CodePage == Encoding.UTF8.CodePage;
        if (isUtf8 || (content.Encoding.IsSingleByte && Ascii.IsValid(bytes.Span)))
        {
            // The JSON writer would put a replacement character in the place of what is no UTF-8, and the record would be another.
            var isSound = isUtf8 ? content.IsValidText : Ascii.IsValid(bytes.Span);
            var declared = Declared(Encoding.UTF8.GetString(bytes.Span[..Math.Min(bytes.Length, DeclarationLength)]));
            if (isSound && (declared is null || IsUtf8(declared) || Ascii.IsValid(bytes.Span)))
            {
                return new(bytes);
            }

            // A byte order mark knows better than the declaration; an encoding that is not known here leaves nothing to convert by.
            if (!isSound || !bytes.Span.StartsWith(Encoding.UTF8.Preamble))
            {
                throw Unreadable(destination, declared ?? Utf8Name);
            }
        }

        try
        {
            var strict = Encoding.GetEncoding(content.Encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            var text = strict.GetString(bytes.Span);
            var before = Declared(text);
            text = isUtf8 ? text : text.TrimStart('\uFEFF');
            return new(new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(Redeclare(text)), before ?? content.Encoding.WebName);
        }
        catch (Exception ex) when (ex is DecoderFallbackException or EncoderFallbackException)
        {
            throw Unreadable(destination, content.Encoding.WebName);
        }
    }

    /// <summary>
    /// The same text for all that is one record to CDCS: XML parsers and databases on the way may write line ends, the mark at its beginning and
    /// the end of the file their own way, and who converts a record declares its encoding anew, or forgets to.
    /// </summary>
    public static string Normalize(string text) => Redeclare(text.TrimStart('\uFEFF'))
        .Replace("\r\n", "\n", StringComparison.Ordinal)
        .Replace('\r', '\n')
        .TrimEnd('\n');

    /// <summary>What is sent, as <see cref="Normalize(string)"/> has it.</summary>
    public string Normalize() => Normalize(Encoding.UTF8.GetString(Utf8.Span));

    private static string? Declared(string text) =>
        Declaration().Match(text) is { Success: true } match ? match.Groups["name"].Value : null;

    private static string Redeclare(string text)
    {
        if (Declaration().Match(text) is not { Success: true } match)
        {
            return text;
        }

        var name = match.Groups["name"];
        return string.Concat(text.AsSpan(0, name.Index), Utf8Name, text.AsSpan(name.Index + name.Length));
    }

    private static bool IsUtf8(string name) => name.Equals(Utf8Name, StringComparison.OrdinalIgnoreCase) || name.Equals("UTF8", StringComparison.OrdinalIgnoreCase);

    private static ExportException Unreadable(string destination, string encoding) => new(
        new ExportFault(ExportErrorCode.NotWellFormed, $"'{destination}' takes UTF-8, and the record holds bytes that cannot be read as {encoding}.")
        {
            RecommendedAction = "Rebuild the record as UTF-8, or correct the encoding that its first line declares.",
        });

    [GeneratedRegex(
        """^\uFEFF?<\?xml[^>]{0,200}?\sencoding\s{0,20}=\s{0,20}["'](?<name>[A-Za-z0-9._:-]{1,60})["']""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Declaration();
}
