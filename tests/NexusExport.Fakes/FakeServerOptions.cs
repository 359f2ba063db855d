using System.Security.Cryptography.X509Certificates;

namespace NexusExport.Fakes;

/// <summary>What every fake server is started with.</summary>
public record FakeServerOptions
{
    /// <summary>Port on loopback; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Wait before every answer, in milliseconds.</summary>
    public int LatencyMs { get; init; }

    /// <summary>Serve https with this certificate; null for http.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Path that the service lives under, for example /cdcs; empty for the root.</summary>
    public string BasePath { get; init; } = string.Empty;

    /// <summary>Keep every request's body in the log; a benchmark has no use for them.</summary>
    public bool KeepBodies { get; init; } = true;
}
