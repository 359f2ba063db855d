using Microsoft.AspNetCore.Http;

namespace NexusExport.Fakes;

/// <summary>One request as a fake sees it, its body read to the end.</summary>
public sealed record FakeRequest(string Method, string Path, IQueryCollection Query, IHeaderDictionary Headers, byte[] Body)
{
    /// <summary>The query as it was sent, with its question mark; empty for none.</summary>
    public string QueryString { get; init; } = string.Empty;

    public string MediaType { get; } = Headers.ContentType.ToString().Split(';')[0].Trim();
}
