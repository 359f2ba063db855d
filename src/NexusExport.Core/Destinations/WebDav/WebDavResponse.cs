using System.Net;

namespace NexusExport.Destinations.WebDav;

/// <summary>What a multi-status answer tells of one file or collection (RFC 4918; the quota is RFC 4331).</summary>
/// <param name="Href">Its address as the server spells it: absolute or a path, escaped or not.</param>
/// <param name="Status">What became of the request for this resource; null where its properties are told instead.</param>
internal sealed record WebDavResponse(string Href, HttpStatusCode? Status)
{
    /// <summary>The body of a PROPFIND that asks for what is told here.</summary>
    public const string Query =
        """<?xml version="1.0" encoding="utf-8"?><D:propfind xmlns:D="DAV:"><D:prop><D:resourcetype/><D:getcontentlength/><D:quota-available-bytes/></D:prop></D:propfind>""";

    public bool IsCollection { get; init; }

    /// <summary>Size in bytes; null where the server does not tell.</summary>
    public long? Length { get; init; }

    /// <summary>Bytes that are free in a collection; null where the server does not tell or knows no limit.</summary>
    public long? Available { get; init; }

    /// <summary>The last part of its path, unescaped; empty for the root.</summary>
    public string Name
    {
        get
        {
            // Uri would take an unescaped space or letter as well, but not a colon in the first part of a relative path.
            var path = Uri.TryCreate(Href, UriKind.Absolute, out var absolute) && !absolute.IsFile ? absolute.AbsolutePath : Href;
            return Uri.UnescapeDataString(path.TrimEnd('/').Split('/')[^1]);
        }
    }
}
