using System.Net;

namespace NexusExport.Tests.Destinations.S3;

/// <summary>Stands in for a network: has no object, takes every one, and writes down who was asked for what.</summary>
internal sealed class RecordingHandler : HttpMessageHandler
{
    private readonly List<string> _requests = [];

    public IReadOnlyList<string> Requests => _requests;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _requests.Add($"{request.Method} {request.RequestUri!.AbsoluteUri}");
        var response = new HttpResponseMessage(request.Method == HttpMethod.Put ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        if (request.Method == HttpMethod.Put)
        {
            response.Headers.TryAddWithoutValidation("ETag", "\"0\"");
            response.Headers.TryAddWithoutValidation("x-amz-checksum-sha256", request.Headers.GetValues("x-amz-checksum-sha256"));
        }

        return Task.FromResult(response);
    }
}
