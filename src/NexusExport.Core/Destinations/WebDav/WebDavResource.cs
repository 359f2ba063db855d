using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace NexusExport.Destinations.WebDav;

/// <summary>What a PROPFIND tells of one file or collection (RFC 4918; the quota is RFC 4331).</summary>
internal sealed record WebDavResource
{
    private static readonly XNamespace Dav = "DAV:";

    /// <summary>The request's body.</summary>
    public const string Query =
        """<?xml version="1.0" encoding="utf-8"?><D:propfind xmlns:D="DAV:"><D:prop><D:resourcetype/><D:getcontentlength/><D:quota-available-bytes/></D:prop></D:propfind>""";

    public bool IsCollection { get; init; }

    /// <summary>Size in bytes; null where the server does not tell.</summary>
    public long? Length { get; init; }

    /// <summary>Bytes that are free in a collection; null where the server does not tell or knows no limit.</summary>
    public long? Available { get; init; }

    /// <summary>Reads the first resource of a multi-status answer; throws XmlException for anything else.</summary>
    public static WebDavResource Read(ReadOnlyMemory<byte> xml)
    {
        using var stream = new MemoryStream(xml.ToArray(), writable: false);
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        var root = XDocument.Load(reader).Root;
        if (root?.Name != Dav + "multistatus" || root.Element(Dav + "response") is not { } response)
        {
            throw new XmlException("there is no resource in it");
        }

        // Properties that it does not have come in a propstat of their own, empty, with 404.
        var properties = response.Elements(Dav + "propstat")
            .Where(group => group.Element(Dav + "status")?.Value.Contains(" 200", StringComparison.Ordinal) == true)
            .Elements(Dav + "prop")
            .Elements()
            .ToLookup(property => property.Name);
        return new()
        {
            IsCollection = properties[Dav + "resourcetype"].Elements(Dav + "collection").Any(),
            Length = Number(properties[Dav + "getcontentlength"]),
            Available = Number(properties[Dav + "quota-available-bytes"]),
        };
    }

    // Nextcloud says "no limit" with negative numbers.
    private static long? Number(IEnumerable<XElement> values) =>
        long.TryParse(values.FirstOrDefault()?.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
