using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace NexusExport;

/// <summary>What every destination is given besides its own settings.</summary>
public sealed record DestinationServices
{
    /// <summary>The most calls of one destination that are under way at once, 4 by default; its connection pool has this size.</summary>
    public int ThrottleLimit { get; init; } = ExportDefaults.ThrottleLimit;

    /// <summary>Time-out of one call unless the destination's timeout_ms says otherwise; 30 s by default.</summary>
    public TimeSpan DefaultTimeout { get; init; } = ExportDefaults.Timeout;

    /// <summary>Which certificates to trust; by default the operating system's.</summary>
    public TlsSettings Tls { get; init; } = new();

    /// <summary>The clock, to wait by and to tell the time by; the system's by default.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where log entries go; nowhere by default. Nothing logged may hold a secret.</summary>
    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;

    /// <summary>What the destination's requests pass; the destination's own. Everything passes by default.</summary>
    public IRequestGate Gate { get; init; } = OpenGate.Instance;

    /// <summary>Makes the innermost HTTP handler; null for a pooled SocketsHttpHandler. Tests put theirs here.</summary>
    public Func<HttpMessageHandler>? HttpHandlerFactory { get; init; }
}
