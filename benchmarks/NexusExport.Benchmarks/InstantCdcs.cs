using System.Net;
using System.Text;

namespace NexusExport.Benchmarks;

/// <summary>Answers as a CDCS would, at once and without a network: what is left is our own work.</summary>
internal sealed class InstantCdcs : HttpMessageHandler
{
    private int _records;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not null)
        {
            await request.Content.CopyToAsync(Stream.Null, cancellationToken);
        }

        var (status, json) = (request.Method.Method, request.RequestUri!.AbsolutePath) switch
        {
            ("POST", _) => (HttpStatusCode.Created, $$"""{"id":{{Interlocked.Increment(ref _records)}},"template":7,"workspace":1,"title":"x"}"""),
            (_, var path) when path.Contains("template", StringComparison.Ordinal) => (HttpStatusCode.OK, """[{"id":3,"title":"Nexus","current":"7"}]"""),
            (_, var path) when path.Contains("workspace", StringComparison.Ordinal) =>
                (HttpStatusCode.OK, """[{"id":1,"title":"Global Public Workspace","owner":null,"is_public":true}]"""),
            _ => (HttpStatusCode.OK, """{"count":0,"next":null,"previous":null,"results":[]}"""),
        };
        return new HttpResponseMessage(status) { RequestMessage = request, Content = new StringContent(json, Encoding.UTF8, "application/json") };
    }
}
