using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.S3;

/// <summary>
/// Sends what the SDK has composed and signed the way every HTTP destination talks: pool, trust, time-out, faults and program name are
/// those of <see cref="HttpDestinationClient"/>.
/// </summary>
internal sealed class S3Transport(HttpDestinationClient client, string root) : HttpMessageHandler
{
    private const int MaxObjectBytes = 256 * 1024 * 1024;

    // The client names the program itself and never waits for a 100; neither header is signed.
    private static readonly string[] NotPassedOn = ["User-Agent", "Expect", "Host"];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(ToCall(request), cancellationToken);
        if (!answer.IsSuccess)
        {
            throw new S3RefusalException(answer);
        }

        // A login page is a 200 as well; a stored object has an entity tag everywhere.
        if (request.Method == HttpMethod.Put && answer.Headers?.NonValidated.Contains("ETag") != true)
        {
            throw new ExportException(client.Faults.Unreadable(answer, "no entity tag"));
        }

        return ToResponse(answer, request);
    }

    private HttpCall ToCall(HttpRequestMessage request)
    {
        var address = request.RequestUri!.AbsoluteUri;
        var call = new HttpCall(request.Method, address.StartsWith(root, StringComparison.Ordinal) ? address[root.Length..] : address)
        {
            Content = request.Content,
            Headers = request.Headers.NonValidated
                .Where(header => !NotPassedOn.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
                .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        };
        return request.Method == HttpMethod.Get ? call with { MaxAnswerBytes = MaxObjectBytes } : call;
    }

    private static HttpResponseMessage ToResponse(HttpAnswer answer, HttpRequestMessage request)
    {
        var response = new HttpResponseMessage(answer.Status) { Content = new ReadOnlyMemoryContent(answer.Body), RequestMessage = request };
        foreach (var (name, values) in answer.Headers?.NonValidated ?? default)
        {
            response.Headers.TryAddWithoutValidation(name, values);
        }

        foreach (var (name, values) in answer.ContentHeaders?.NonValidated ?? default)
        {
            response.Content.Headers.TryAddWithoutValidation(name, values);
        }

        return response;
    }
}
