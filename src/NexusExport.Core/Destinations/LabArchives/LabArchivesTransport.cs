using System.Globalization;
using System.Xml.Linq;
using NexusExport.Destinations.Http;
using NexusExport.Security;

namespace NexusExport.Destinations.LabArchives;

/// <summary>
/// Signs calls and sends them, one at a time and a second apart, all records of the destination together. A call whose signature was out
/// of date is signed once more with the server's time, and one that only reads is sent once more where its connection broke.
/// </summary>
internal sealed class LabArchivesTransport : IDisposable
{
    private readonly LabArchivesDestinationSettings _settings;
    private readonly TimeProvider _time;
    private readonly HttpDestinationClient _http;
    private readonly LabArchivesSignature _signature;
    private readonly LabArchivesFaults _faults;
    private readonly PacedCalls _paced;

    public LabArchivesTransport(DestinationSettings destination, DestinationServices services, LabArchivesDestinationSettings settings)
    {
        _settings = settings;
        _time = services.Time;
        var redaction = SecretRedactor.ForAnswers(settings.AccessPassword);
        _http = new(destination, services, settings.Url, redaction, _ => { }, LabArchivesFaults.Refine);
        _signature = new(destination.Name, settings.AccessKeyId, settings.AccessPassword);
        _faults = new(destination.Name, redaction);
        _paced = new(services.Time);
        Clock = new(ReadServerTimeAsync, services.Time);
    }

    /// <summary>The server's clock.</summary>
    public LabArchivesClock Clock { get; }

    /// <summary>Sends a call and reads its XML; throws for an error at any status and for anything else than XML.</summary>
    /// <param name="request">The call.</param>
    /// <param name="read">Takes from the answer what the caller needs; null where that is not in it.</param>
    /// <param name="cancellationToken">Stops waiting for a turn, and the call.</param>
    public async Task<T> CallAsync<T>(LabArchivesRequest request, Func<XElement, T?> read, CancellationToken cancellationToken)
        where T : class
    {
        var (answer, root) = await SendAsync(request, cancellationToken);
        Require(answer, root);
        return Read(answer, root, read);
    }

    /// <summary>How long a call may be under way.</summary>
    public TimeSpan TimeoutOf(LabArchivesRequest request) => _http.TimeoutOf(Call(request, string.Empty));

    /// <summary>Sends a call and returns the bytes that it answers.</summary>
    public async Task<ReadOnlyMemory<byte>> DownloadAsync(LabArchivesRequest request, CancellationToken cancellationToken)
    {
        var (answer, root) = await SendAsync(request, cancellationToken);
        Require(answer, root);
        return answer.Body;
    }

    public void Dispose()
    {
        _http.Dispose();
        _paced.Dispose();
    }

    private async Task<(HttpAnswer Answer, XElement? Root)> SendAsync(LabArchivesRequest request, CancellationToken cancellationToken)
    {
        var offset = await Clock.OffsetAsync(cancellationToken);
        var answer = await SendOnceAsync(request, offset, cancellationToken);
        var root = LabArchivesXml.Parse(answer.Body);
        if (LabArchivesError.In(root) is not { MayBeOutOfDate: true } || await Clock.CorrectAsync(offset, cancellationToken) is not { } corrected)
        {
            return (answer, root);
        }

        // Refused at the door, for our clock and not for what was asked: with the right time it is another call.
        answer = await SendOnceAsync(request, corrected, cancellationToken);
        return (answer, LabArchivesXml.Parse(answer.Body));
    }

    private Task<HttpAnswer> SendOnceAsync(LabArchivesRequest request, TimeSpan offset, CancellationToken cancellationToken) =>
        ExchangeAsync(() => Sign(request, offset), cancellationToken);

    /// <summary>
    /// Sends when its turn has come. A kept connection may be at its end without anybody having said so; what only reads then goes over another
    /// one, after the pause that is due between any two calls.
    /// </summary>
    private async Task<HttpAnswer> ExchangeAsync(Func<HttpCall> makeCall, CancellationToken cancellationToken)
    {
        HttpCall? call = null;
        try
        {
            return await _paced.RunAsync(token => _http.SendAsync(call = makeCall(), token), cancellationToken);
        }
        catch (ExportException ex) when (call is { IsWrite: false } && BrokeOff(ex))
        {
            return await _paced.RunAsync(token => _http.SendAsync(makeCall(), token), cancellationToken);
        }
    }

    private static bool BrokeOff(ExportException exception) =>
        exception.Fault.Code == ExportErrorCode.ConnectionFailed
        && exception.InnerException is not HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.ProxyTunnelError,
        };

    // Signed when its turn has come, so that a call which waited long is not out of date.
    private HttpCall Sign(LabArchivesRequest request, TimeSpan offset)
    {
        var expires = (_time.GetUtcNow() + offset).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        IEnumerable<(string Name, string Value)> parameters =
        [
            .. request.Parameters,
            ("uid", _settings.UserId),
            ("akid", _settings.AccessKeyId),
            ("expires", expires),
            ("sig", _signature.Sign(request.ApiMethod, expires)),
        ];
        return Call(request, Address(request.ApiClass, request.ApiMethod, parameters));
    }

    private static HttpCall Call(LabArchivesRequest request, string address) => new(request.Method, address)
    {
        // Where a kept connection breaks, .NET sends a request without a body again at once and by itself, three times within milliseconds; one
        // with a body, be it empty, it leaves to us.
        Content = request.Content?.Invoke() ?? new ByteArrayContent([]),
        IsWrite = request.IsWrite,
        MaxAnswerBytes = request.MaxAnswerBytes,
        SettleTime = request.SettleTime,
    };

    private static string Address(string apiClass, string apiMethod, IEnumerable<(string Name, string Value)> parameters) =>
        $"api/{apiClass}/{apiMethod}?{string.Join('&', parameters.Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"))}";

    private async Task<DateTimeOffset?> ReadServerTimeAsync(CancellationToken cancellationToken)
    {
        // The one call without a signature: it is there for those whose clock is wrong.
        var request = new LabArchivesRequest(HttpMethod.Get, "utilities", "epoch_time");
        var address = Address(request.ApiClass, request.ApiMethod, [("akid", _settings.AccessKeyId)]);
        try
        {
            var answer = await ExchangeAsync(() => Call(request, address), cancellationToken);
            return LabArchivesXml.Parse(answer.Body) is { } root && answer.IsSuccess ? LabArchivesClock.Read(root) : null;
        }
        catch (ExportException ex) when (ex.Fault.Code is ExportErrorCode.Timeout or ExportErrorCode.UnexpectedResponse)
        {
            // This method alone may be out of order; if it is the server, the next call tells so itself.
            return null;
        }
    }

    private void Require(HttpAnswer answer, XElement? root)
    {
        if (LabArchivesError.In(root) is { } error)
        {
            var general = answer.IsSuccess ? null : LabArchivesFaults.Refine(answer, _http.Faults.FromAnswer(answer));
            throw new ExportException(_faults.From(answer, error, general));
        }

        _http.Require(answer);
    }

    private T Read<T>(HttpAnswer answer, XElement? root, Func<XElement, T?> read)
        where T : class
    {
        if (root is null)
        {
            throw new ExportException(_http.Faults.Unreadable(answer, answer.IsHtml ? "a web page" : "no XML"));
        }

        return read(root) ?? throw new ExportException(_http.Faults.Unreadable(answer, $"no such element in <{root.Name.LocalName}>"));
    }
}
