namespace NexusExport.Tests.Destinations.Http;

/// <summary>Delivers everything, and loses the answer to the first request that <paramref name="isLost"/> chooses.</summary>
internal sealed class LostAnswerHandler(Predicate<HttpRequestMessage> isLost) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    private int _lost;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (!isLost(request) || Interlocked.Exchange(ref _lost, 1) != 0)
        {
            return response;
        }

        response.Dispose();
        throw new HttpRequestException(HttpRequestError.ResponseEnded, "The answer was lost.");
    }
}
