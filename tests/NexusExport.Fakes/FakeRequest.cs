using Microsoft.AspNetCore.Http;

namespace NexusExport.Fakes;

/// <summary>One request as a fake sees it, its body read to the end.</summary>
public sealed record FakeRequest(string Method, string Path, IQueryCollection Query, IHeaderDictionary Headers, byte[] Body)
{
    public string MediaType { get; } = Headers.ContentType.ToString().Split(';')[0].Trim();
}
