using System.Net;
using System.Text;

namespace NexusExport.Tests.Recordings;

/// <summary>Answers each request with what a function chooses among recorded answers, as the real server's answer stands in the file.</summary>
/// <param name="choose">The answer to a request; null for a connection that is refused.</param>
internal sealed class ReplayHandler(Func<HttpRequestMessage, RecordedResponse?> choose) : HttpMessageHandler
{
    /// <summary>How many requests came.</summary>
    public int Requests { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests++;
        var recorded = choose(request) ?? throw new HttpRequestException(HttpRequestError.ConnectionError, "no answer was recorded");
        var response = new HttpResponseMessage((HttpStatusCode)recorded.Status)
        {
            ReasonPhrase = recorded.Reason,
            RequestMessage = request,
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(recorded.Body)),
        };
        foreach (var (name, value) in recorded.Headers)
        {
            // Length and transfer are this connection's, not those of the one that was recorded.
            if (name is not ("Content-Length" or "Transfer-Encoding") && !response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return Task.FromResult(response);
    }
}
