using System.Net;

namespace NexusExport.Destinations.Http;

/// <summary>Makes the one pooled handler that a destination sends everything through.</summary>
internal static class HttpHandlers
{
    /// <summary>Longest wait for a connection to be made.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    /// <summary>The handler of <paramref name="services"/>, or a pooled one. Throws CONFIGURATION_INVALID for a bundle that cannot be read.</summary>
    public static HttpMessageHandler Create(DestinationServices services)
    {
        if (services.HttpHandlerFactory is { } factory)
        {
            return factory();
        }

        var handler = new SocketsHttpHandler
        {
            MaxConnectionsPerServer = services.ThrottleLimit,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ConnectTimeout = ConnectTimeout,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
        };
        handler.SslOptions.RemoteCertificateValidationCallback = TlsTrust.Callback(services.Tls);
        return handler;
    }
}
