using System.Net;
using System.Net.Http.Headers;
using System.Text;
using NexusExport.Destinations.Http;
using NexusExport.Security;

namespace NexusExport.Tests.Destinations.Http;

public sealed class HttpFaultsTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData("""{"message":"too short"}""", "application/json", "too short")]
    [InlineData("""{"detail":"Not  yet."}""", "application/json", "Not yet.")]
    [InlineData("""{"message":{"title":["too long","not unique"],"template":["Invalid pk"]}}""", "application/json", "title: too long not unique; template: Invalid pk")]
    [InlineData("""{"title":["This field may not be blank."]}""", "application/json", "title: This field may not be blank.")]
    [InlineData("""{"error":{"code":403,"message":"No.","errors":[{"reason":"x"}]}}""", "application/json", "No.")]
    [InlineData("plain\r\n  words\u0007", "text/plain", "plain words")]
    [InlineData("<html>page</html>", "text/html", null)]
    [InlineData("  <!doctype html>", "text/plain", null)]
    [InlineData("{broken", "application/json", null)]
    [InlineData("", "application/json", null)]
    public void ServerMessage_OfAnyBody_IsOneLineOrNothing(string body, string mediaType, string? expected) =>
        Assert.Equal(expected, ServerMessage.Read(Answer(400, body, mediaType)));

    [Fact]
    public void ServerMessage_LongText_IsCut()
    {
        var message = ServerMessage.Read(Answer(400, string.Concat(Enumerable.Repeat("\U0001F52Ca", 400)), "text/plain"))!;

        Assert.InRange(message.Length, 490, 501);
        Assert.EndsWith("…", message, StringComparison.Ordinal);
        Assert.False(char.IsHighSurrogate(message[^2]));
    }

    [Fact]
    public void FromAnswer_TooLarge_IsTheServersLimitAndNotOurs()
    {
        var fault = Faults().FromAnswer(Answer(413, string.Empty, string.Empty));

        Assert.Equal((ExportErrorCode.ContentTooLarge, HttpFaults.RaiseServersLimit), (fault.Code, fault.RecommendedAction));
    }

    [Fact]
    public void FromAnswer_RetryAfterInSeconds_IsThatLong() =>
        Assert.Equal(TimeSpan.FromSeconds(17), Fault(429, new RetryConditionHeaderValue(TimeSpan.FromSeconds(17))).RetryAfter);

    [Fact]
    public void FromAnswer_RetryAfterAsADate_IsTheTimeUntilThen() =>
        Assert.Equal(TimeSpan.FromSeconds(90), Fault(503, new RetryConditionHeaderValue(_time.GetUtcNow().AddSeconds(90))).RetryAfter);

    [Fact]
    public void FromAnswer_RetryAfterInThePast_IsNoWait() =>
        Assert.Equal(TimeSpan.Zero, Fault(503, new RetryConditionHeaderValue(_time.GetUtcNow().AddSeconds(-90))).RetryAfter);

    [Fact]
    public void FromAnswer_SecretInTheText_IsMasked()
    {
        var fault = Faults().FromAnswer(Answer(400, "bad token s3cr+t and s3cr%2Bt", "text/plain"));

        Assert.EndsWith("bad token *** and ***", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3cr%2Bt", "***")]
    [InlineData("%73%33cr%2bt", "***")]
    [InlineData("s%33cr%252Bt", "***")]
    [InlineData("s3cr\\u002bt", "***")]
    [InlineData("s3cr&#43;t", "***")]
    public void FromAnswer_SecretSpelledInAnyWay_IsMasked(string spelled, string shown) =>
        Assert.EndsWith($"bad {shown}.", Faults().FromAnswer(Answer(400, $"bad {spelled}.", "text/plain")).Message, StringComparison.Ordinal);

    [Fact]
    public void FromAnswer_SecretWhereTheMessageIsCut_IsMasked()
    {
        var fault = Faults().FromAnswer(Answer(400, new string('a', ServerMessage.MaxLength - 3) + "s3cr+t", "text/plain"));

        Assert.DoesNotContain("s3", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://sso.invalid/login?next=/rest/data/&token=%73%33cr%2Bt", "https://sso.invalid/login")]
    [InlineData("https://user:pass@sso.invalid/login#s3cr+t", "https://sso.invalid/login")]
    [InlineData("https://cdcs2.invalid/rest/data/?token=abc", "https://cdcs2.invalid/")]
    [InlineData("/s3cr%2bt/login?x", "https://cdcs.invalid/***/login")]
    public void FromAnswer_ARedirect_NamesItsAddressWithoutQueryAndSecrets(string location, string shown)
    {
        var fault = Faults().FromAnswer(Answer(302, string.Empty, string.Empty) with { Location = new Uri(location, UriKind.RelativeOrAbsolute) });

        Assert.Equal(ExportErrorCode.Redirected, fault.Code);
        Assert.EndsWith($" to {shown}; a redirect is not followed, for it turns a POST into a GET.", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith($": {shown}", fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//")]
    [InlineData("http://")]
    [InlineData("http://[")]
    public async Task SendAsync_ALocationThatIsNoAddress_IsAnUnexpectedResponse(string location)
    {
        var fault = await FaultOfAsync(HttpStatusCode.Found, [], "text/plain", location);

        Assert.Equal(ExportErrorCode.UnexpectedResponse, fault.Code);
    }

    [Theory]
    [InlineData("{\"message\":\"a \\ud800 b\"}")]
    [InlineData("{\"message\":\"a \\udc00\\ud800 b\"}")]
    [InlineData("{\"message\":\"a \u00FF b\"}")]
    [InlineData("{\"message\":{\"x\":[\"\\uDBFF\"]}}")]
    public async Task SendAsync_AMessageThatCannotBeRead_KeepsTheMeaningOfItsStatus(string body)
    {
        // One byte for each character, so that 0xFF is no UTF-8.
        var fault = await FaultOfAsync(HttpStatusCode.ServiceUnavailable, Encoding.Latin1.GetBytes(body), "application/json", location: null);

        Assert.Equal((ExportErrorCode.ServerUnavailable, true), (fault.Code, fault.Recoverable));
        Assert.Contains("\uFFFD", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadableJson_SoundJson_IsLeftAsItIs()
    {
        var json = Encoding.UTF8.GetBytes("""{"a":"\\ud800 \ud83d\ude00 😀 \\\\ud800"}""");

        Assert.Equal(Encoding.UTF8.GetString(json), Encoding.UTF8.GetString(ReadableJson.From(json).Span));
    }

    [Fact]
    public async Task CappedBody_LongerThanTheLimit_IsNotRead()
    {
        using var unannounced = new StreamContent(new UnseekableStream(new byte[1000]));

        Assert.Null(await CappedBody.ReadAsync(unannounced, 999, default));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40_000)]
    public async Task CappedBody_WithinTheLimit_IsWhole(int length)
    {
        using var unannounced = new StreamContent(new UnseekableStream(new byte[length]));
        using var announced = new ByteArrayContent(new byte[length]);

        Assert.Equal(length, (await CappedBody.ReadAsync(unannounced, 40_000, default))?.Length);
        Assert.Equal(length, (await CappedBody.ReadAsync(announced, 40_000, default))?.Length);
    }

    private static async Task<ExportFault> FaultOfAsync(HttpStatusCode status, byte[] body, string mediaType, string? location)
    {
        using var response = new HttpResponseMessage(status) { Content = new ByteArrayContent(body) };
        response.Content.Headers.ContentType = new(mediaType);
        if (location is not null)
        {
            response.Headers.TryAddWithoutValidation("Location", location);
        }

        using var handler = new OneAnswer(response);
        var services = new DestinationServices { HttpHandlerFactory = () => handler };
        using var client = new HttpDestinationClient(
            new DestinationSettings { Name = "cdcs", Type = "cdcs", Priority = 1 }, services, "https://cdcs.invalid", new SecretRedactor(), _ => { });

        return (await Assert.ThrowsAsync<ExportException>(() => client.CallAsync(new(HttpMethod.Get, "rest/"), CancellationToken.None))).Fault;
    }

    private sealed class OneAnswer(HttpResponseMessage response) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(response);
    }

    private ExportFault Fault(int status, RetryConditionHeaderValue retryAfter) =>
        Faults().FromAnswer(Answer(status, string.Empty, string.Empty) with { RetryAfter = retryAfter });

    private HttpFaults Faults() => new("cdcs", new SecretRedactor(new SecretText("s3cr+t\n")), _time);

    private static HttpAnswer Answer(int status, string body, string mediaType) => new()
    {
        Call = new(HttpMethod.Post, "rest/data/"),
        Address = new("https://cdcs.invalid/rest/data/"),
        Status = (HttpStatusCode)status,
        Body = Encoding.UTF8.GetBytes(body),
        MediaType = mediaType,
    };

    private sealed class UnseekableStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}
