using System.Globalization;
using System.Net;
using System.Xml;
using System.Xml.Linq;
using NexusExport.Destinations.Http;
using NexusExport.Records;

namespace NexusExport.Destinations.WebDav;

/// <summary>
/// A 207: one answer about several resources (RFC 4918 section 13). What does not need a part of it is not troubled where that part is
/// missing, empty or unknown.
/// </summary>
internal sealed class WebDavMultiStatus
{
    private static readonly XNamespace Dav = "DAV:";

    private WebDavMultiStatus(IReadOnlyList<WebDavResponse> responses) => Responses = responses;

    /// <summary>What it says of each resource, in its order; never empty.</summary>
    public IReadOnlyList<WebDavResponse> Responses { get; }

    /// <summary>Reads a body; throws XmlException for anything else than a multi-status with a resource in it.</summary>
    public static WebDavMultiStatus Read(ReadOnlyMemory<byte> xml)
    {
        using var stream = new MemoryStream(xml.ToArray(), writable: false);
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        var root = XmlParsing.Run(() => XDocument.Load(reader)).Root;
        return root?.Name == Dav + "multistatus" && root.Elements(Dav + "response").Select(Response).ToList() is { Count: > 0 } responses
            ? new(responses)
            : throw new XmlException("there is no resource in it");
    }

    /// <summary>
    /// The failure that a 207 reports of a request that changes something: such a 207 is no success. Null where it reports none, and for
    /// every other answer.
    /// </summary>
    public static HttpStatusCode? FailureIn(HttpAnswer answer)
    {
        if (answer.Status != HttpStatusCode.MultiStatus)
        {
            return null;
        }

        try
        {
            return Read(answer.Body).Responses.Select(response => response.Status).FirstOrDefault(status => status is { } known && (int)known >= 300);
        }
        catch (XmlException)
        {
            // What cannot be read says nothing; whoever sent the request looks for its effect.
            return null;
        }
    }

    private static WebDavResponse Response(XElement response)
    {
        var groups = response.Elements(Dav + "propstat").Select(group => (Status: StatusOf(group), Group: group)).ToList();

        // Properties that a resource does not have come in a group of their own, empty, with 404.
        var properties = groups
            .Where(group => group.Status is null or HttpStatusCode.OK)
            .SelectMany(group => group.Group.Elements(Dav + "prop").Elements())
            .ToLookup(property => property.Name);
        return new(response.Element(Dav + "href")?.Value.Trim() ?? string.Empty, StatusOf(response))
        {
            IsCollection = properties[Dav + "resourcetype"].Elements(Dav + "collection").Any(),
            Length = Number(properties[Dav + "getcontentlength"]),
            Available = Number(properties[Dav + "quota-available-bytes"]),
        };
    }

    // "HTTP/1.1 423 Locked"; some leave the reason out.
    private static HttpStatusCode? StatusOf(XElement element) =>
        element.Element(Dav + "status")?.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [_, var code, ..]
        && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? (HttpStatusCode)status
            : null;

    // Nextcloud says "no limit" with negative numbers.
    private static long? Number(IEnumerable<XElement> values) =>
        long.TryParse(values.FirstOrDefault()?.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
