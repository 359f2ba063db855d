using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace NexusExport.Fakes;

/// <summary>An outside system on loopback: counts, logs, goes wrong on demand. What it answers is its subclass's business.</summary>
public abstract class FakeServer : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly FakeServerOptions _options;
    private readonly WebApplication _application;
    private readonly List<FakeLogEntry> _log = [];
    private readonly List<FakeFault> _faults = [];
    private readonly List<LateWork> _late = [];
    private readonly HashSet<string> _connections = new(StringComparer.Ordinal);
    private int _requests;

    /// <param name="options">Where and how to serve.</param>
    protected FakeServer(FakeServerOptions options)
    {
        _options = options;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(Listen);
        _application = builder.Build();
        _application.Run(ServeAsync);
    }

    /// <summary>Address to configure, without a trailing slash.</summary>
    public string BaseUrl { get; private set; } = string.Empty;

    /// <summary>Faults still to come; the first that matches a request is used up by it.</summary>
    public void Add(FakeFault fault)
    {
        lock (_gate)
        {
            _faults.Add(fault);
        }
    }

    /// <summary>Requests in order of arrival, control requests not counted.</summary>
    public IReadOnlyList<FakeLogEntry> RequestLog
    {
        get
        {
            lock (_gate)
            {
                return [.. _log];
            }
        }
    }

    public int RequestCount => Volatile.Read(ref _requests);

    /// <summary>Connections that those requests came on.</summary>
    public int ConnectionCount
    {
        get
        {
            lock (_gate)
            {
                return _connections.Count;
            }
        }
    }

    /// <summary>Forgets counts, log and faults; what is stored stays.</summary>
    public virtual void Reset()
    {
        lock (_gate)
        {
            _log.Clear();
            _faults.Clear();
            _requests = 0;
            _connections.Clear();
        }
    }

    /// <summary>Does everything that was put off until later (<see cref="FakeFault.CommitAfterRequests"/>).</summary>
    public void FinishLateWork() => DoLateWork(requests: int.MaxValue);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);

        // A hanging request would hold up an orderly stop: nobody waits for it any more.
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _application.StopAsync(now.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _application.DisposeAsync();
    }

    /// <summary>Begins to serve.</summary>
    protected async Task ListenAsync()
    {
        await _application.StartAsync();
        var addresses = _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        BaseUrl = addresses.Addresses.First().TrimEnd('/') + _options.BasePath;
    }

    /// <summary>Answers one request. Called from several threads at once.</summary>
    protected abstract FakeAnswer Handle(FakeRequest request);

    /// <summary>What GET /_fake/records shows.</summary>
    protected abstract byte[] DescribeRecords();

    private void Listen(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Listen(IPAddress.Loopback, _options.Port, endpoint =>
        {
            endpoint.Protocols = HttpProtocols.Http1;
            if (_options.Certificate is { } certificate)
            {
                endpoint.UseHttps(certificate);
            }
        });
    }

    private async Task ServeAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "/";
        var body = await ReadBodyAsync(http.Request);
        if (path.StartsWith("/_fake/", StringComparison.Ordinal))
        {
            await WriteAsync(http, FakeControl.Handle(this, http.Request.Method, path, body, DescribeRecords));
            return;
        }

        DoLateWork(requests: 1);
        var local = path.StartsWith(_options.BasePath + '/', StringComparison.Ordinal) ? path[_options.BasePath.Length..] : null;
        var fault = Log(http, path, local ?? path, body);
        var answer = fault is { CommitFirst: false } ? null
            : local is null ? FakeAnswer.Html(404, "Not Found")
            : Handle(new(http.Request.Method, local, http.Request.Query, http.Request.Headers, body)
            {
                QueryString = http.Request.QueryString.Value ?? string.Empty,
            });
        if (fault is { CommitAfterRequests: > 0 } && local is not null)
        {
            PutOff(new(http.Request.Method, local, Copy(http.Request.Query), Copy(http.Request.Headers), body), fault.CommitAfterRequests);
        }

        // The work is done, the answer is on its way: a client that is killed or gives up meanwhile never hears of it.
        var delay = _options.LatencyMs + (fault?.DelayMs ?? 0);
        if (delay > 0)
        {
            await Task.Delay(delay);
        }

        if (fault is null)
        {
            await WriteAsync(http, answer!);
            return;
        }

        if (fault.Hang)
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        else if (fault.Abort)
        {
            http.Abort();
        }
        else
        {
            var instead = System.Text.Encoding.UTF8.GetBytes(fault.Body);
            await WriteAsync(http, new(fault.Status, instead, fault.ContentType)
            {
                RetryAfter = fault.RetryAfter,
                Location = fault.Location,
                Headers = fault.Headers,
            });
        }
    }

    private void PutOff(FakeRequest request, int requests)
    {
        lock (_gate)
        {
            _late.Add(new(request) { Requests = requests });
        }
    }

    private void DoLateWork(int requests)
    {
        List<LateWork> due;
        lock (_gate)
        {
            _late.ForEach(work => work.Requests -= requests);
            due = _late.FindAll(work => work.Requests <= 0);
            _late.RemoveAll(due.Contains);
        }

        due.ForEach(work => Handle(work.Request));
    }

    // The request's own are gone with it.
    private static QueryCollection Copy(IQueryCollection query) => new(query.ToDictionary(StringComparer.OrdinalIgnoreCase));

    private static HeaderDictionary Copy(IHeaderDictionary headers) => new(headers.ToDictionary(StringComparer.OrdinalIgnoreCase));

    private FakeFault? Log(HttpContext http, string path, string local, byte[] body)
    {
        lock (_gate)
        {
            _requests++;
            _connections.Add(http.Connection.Id);
            _log.Add(new(
                http.Request.Method,
                path,
                http.Request.QueryString.Value ?? string.Empty,
                body.Length,
                _options.KeepBodies ? body : default(ReadOnlyMemory<byte>),
                http.Request.Headers.UserAgent.ToString())
            {
                ContentType = http.Request.Headers.ContentType.ToString(),
            });
            var fault = _faults.Find(candidate => candidate.Matches(http.Request.Method, local));
            if (fault is not null)
            {
                fault.Count--;
            }

            return fault;
        }
    }

    private static async Task<byte[]> ReadBodyAsync(HttpRequest request)
    {
        if (request.ContentLength is { } length)
        {
            var body = new byte[length];
            await request.Body.ReadExactlyAsync(body, request.HttpContext.RequestAborted);
            return body;
        }

        using var copy = new MemoryStream();
        await request.Body.CopyToAsync(copy, request.HttpContext.RequestAborted);
        return copy.ToArray();
    }

    private static async Task WriteAsync(HttpContext http, FakeAnswer answer)
    {
        var response = http.Response;
        response.StatusCode = answer.Status;
        if (answer.Location is not null)
        {
            response.Headers.Location = answer.Location;
        }

        if (answer.RetryAfter is not null)
        {
            response.Headers.RetryAfter = answer.RetryAfter;
        }

        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        if (answer.Status is 204 or 304)
        {
            return;
        }

        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        await response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }

    private sealed class LateWork(FakeRequest request)
    {
        public FakeRequest Request { get; } = request;

        public int Requests { get; set; }
    }
}
