using System.Net.Http.Headers;
using NexusExport.Security;

namespace NexusExport.Destinations.Http;

/// <summary>
/// How HTTP destinations talk: one pooled handler, the destination's limits and a time-out on every call, no redirects, no cookies, no retry;
/// what goes wrong comes as an <see cref="ExportException"/>.
/// </summary>
internal sealed class HttpDestinationClient : IDisposable
{
    private static readonly ProductInfoHeaderValue UserAgent =
        new("NexusExport", typeof(HttpDestinationClient).Assembly.GetName().Version?.ToString(3) ?? "0");

    private const int CopyBufferBytes = 64 * 1024;

    // A slow line of a lab; what it needs to send a record is not the server's silence.
    private const int SlowestUploadBytesPerSecond = 64 * 1024;

    private readonly Uri _baseUrl;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly Action<HttpRequestHeaders> _authenticate;
    private readonly Func<HttpAnswer, ExportFault, ExportFault> _refine;
    private readonly Func<HttpAnswer, TimeSpan?> _pauseAfter;
    private readonly IRequestGate _gate;
    private readonly Lazy<HttpMessageInvoker> _invoker;

    /// <param name="settings">The destination; its Timeout wins over that of <paramref name="services"/>.</param>
    /// <param name="services">Pool size, time-out, trust, clock.</param>
    /// <param name="baseUrl">Address that paths start from, with or without a trailing slash.</param>
    /// <param name="redaction">Secrets that must not show up in messages.</param>
    /// <param name="authenticate">Puts the credentials on a request.</param>
    /// <param name="refine">Corrects the general mapping where this server means something else by a status; null to leave it.</param>
    /// <param name="pauseAfter">
    /// How long an answer, be it a success, wants nothing to follow it; null where a 429 or 503 with Retry-After is all that says so.
    /// </param>
    public HttpDestinationClient(
        DestinationSettings settings,
        DestinationServices services,
        string baseUrl,
        SecretRedactor redaction,
        Action<HttpRequestHeaders> authenticate,
        Func<HttpAnswer, ExportFault, ExportFault>? refine = null,
        Func<HttpAnswer, TimeSpan?>? pauseAfter = null)
    {
        _baseUrl = new Uri(baseUrl.TrimEnd('/') + '/');
        _timeout = settings.Timeout ?? services.DefaultTimeout;
        _time = services.Time;
        _authenticate = authenticate;
        _refine = refine ?? ((_, fault) => fault);
        _pauseAfter = pauseAfter ?? (answer => (int)answer.Status is 429 or 503 ? answer.AskedWait(services.Time) : null);
        _gate = services.Gate;
        _invoker = new(() => new HttpMessageInvoker(HttpHandlers.Create(services)), LazyThreadSafetyMode.ExecutionAndPublication);
        Faults = new(settings.Name, redaction, services.Time);
    }

    /// <summary>Makes the faults of this destination's calls.</summary>
    public HttpFaults Faults { get; }

    /// <summary>Sends a call and returns its answer; throws for anything but a 2xx.</summary>
    public async Task<HttpAnswer> CallAsync(HttpCall call, CancellationToken cancellationToken) =>
        Require(await SendAsync(call, cancellationToken));

    /// <summary>The answer if it is a success; throws its fault if it is not.</summary>
    public HttpAnswer Require(HttpAnswer answer) =>
        answer.IsSuccess ? answer : throw new ExportException(_refine(answer, Faults.FromAnswer(answer)));

    /// <summary>Sends a call and returns its answer whatever its status. Throws where there is none.</summary>
    public Task<HttpAnswer> SendAsync(HttpCall call, CancellationToken cancellationToken) => ExchangeAsync(
        call,
        (response, _, token) => AnswerAsync(call, response, token),
        cancellationToken);

    /// <summary>
    /// Sends a call and writes the body of its success into <paramref name="target"/> as it comes; throws for anything but a 2xx. The time-out
    /// counts anew with every piece, so that a long body may take its time and a silent server may not.
    /// </summary>
    public Task CopyAsync(HttpCall call, Stream target, CancellationToken cancellationToken) => ExchangeAsync(
        call,
        async Task<HttpAnswer?> (response, deadline, token) =>
        {
            if (!response.IsSuccessStatusCode)
            {
                return Require(await AnswerAsync(call, response, token));
            }

            await using var body = await response.Content.ReadAsStreamAsync(token);
            var buffer = new byte[CopyBufferBytes];
            while (await body.ReadAsync(buffer, token) is var received and > 0)
            {
                deadline.CancelAfter(_timeout);
                await target.WriteAsync(buffer.AsMemory(0, received), token);
            }

            return null;
        },
        cancellationToken);

    public void Dispose()
    {
        if (_invoker.IsValueCreated)
        {
            _invoker.Value.Dispose();
        }
    }

    /// <summary>Time that a call is given: a body has a second more for every 64 KiB.</summary>
    public TimeSpan TimeoutOf(HttpCall call) =>
        _timeout + TimeSpan.FromSeconds((call.Content?.Headers.ContentLength ?? 0) / SlowestUploadBytesPerSecond);

    private async Task<HttpAnswer> AnswerAsync(HttpCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // The answer to HEAD announces a body that does not come, of any length.
        var body = call.Method == HttpMethod.Head
            ? ReadOnlyMemory<byte>.Empty
            : await CappedBody.ReadAsync(response.Content, call.MaxAnswerBytes, cancellationToken)
            ?? throw new ExportException(Faults.TooLong(call));
        var address = new Uri(_baseUrl, call.Path);
        var answer = new HttpAnswer
        {
            Call = call,
            Address = address,
            Status = response.StatusCode,
            Body = body,
            MediaType = response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant() ?? string.Empty,
            // "//" is a Location that stands for no address.
            Location = response.Headers.Location is { } location && Uri.TryCreate(address, location, out _) ? location : null,
            RetryAfter = response.Headers.RetryAfter,
            Headers = response.Headers,
            ContentHeaders = response.Content.Headers,
        };
        if (_pauseAfter(answer) is { } pause)
        {
            // At once: another record's request may be about to leave.
            _gate.Close(pause);
        }

        return answer;
    }

    private async Task<T> ExchangeAsync<T>(
        HttpCall call,
        Func<HttpResponseMessage, CancellationTokenSource, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
    {
        await _gate.EnterAsync(call.IsWrite, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        using var request = new HttpRequestMessage(call.Method, new Uri(_baseUrl, call.Path)) { Content = call.Content };
        request.Headers.UserAgent.Add(UserAgent);
        _authenticate(request.Headers);
        foreach (var (name, value) in call.Headers)
        {
            // As it stands: an entity tag that a server spells in its own way has to go back in that way.
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var invoker = _invoker.Value;

        var timeout = TimeoutOf(call);
        using var deadline = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var response = await invoker.SendAsync(request, either.Token);
            return await read(response, deadline, either.Token);
        }
        catch (Exception ex) when (ex is not ExportException)
        {
            // Whatever a cancelled call dies of, it was cancelled; only then the deadline may have a say.
            cancellationToken.ThrowIfCancellationRequested();
            throw new ExportException(
                deadline.IsCancellationRequested ? Faults.TimedOut(call, timeout) : Faults.FromException(ex, call, request.RequestUri!),
                ex);
        }
    }
}
