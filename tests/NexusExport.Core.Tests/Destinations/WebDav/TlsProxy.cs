using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace NexusExport.Tests.Destinations.WebDav;

/// <summary>A proxy that ends TLS and speaks to the server behind it in the clear, as most labs' servers are reached.</summary>
internal sealed class TlsProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _certificate;
    private readonly int _serverPort;
    private readonly bool _renamesHost;
    private readonly Task _accepting;

    /// <param name="serverPort">Port of the server behind it, on loopback.</param>
    /// <param name="certificate">What it shows of itself.</param>
    /// <param name="renamesHost">Whether the server sees its own address in the Host header rather than the proxy's.</param>
    public TlsProxy(int serverPort, X509Certificate2 certificate, bool renamesHost)
    {
        (_serverPort, _certificate, _renamesHost) = (serverPort, certificate, renamesHost);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Url => string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{Port}");

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var relays = new List<Task>();
        try
        {
            while (true)
            {
                relays.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception ex) when (ex is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }

        await Task.WhenAll(relays);
    }

    private async Task RelayAsync(TcpClient accepted)
    {
        using var client = accepted;
        using var server = new TcpClient();
        try
        {
            await using var secure = new SslStream(client.GetStream());
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
            await server.ConnectAsync(IPAddress.Loopback, _serverPort, _stop.Token);
            await Task.WhenAny(CopyAsync(secure, server.GetStream(), _renamesHost), CopyAsync(server.GetStream(), secure, renamesHost: false));
        }
        catch (Exception ex) when (ex is IOException or SocketException or OperationCanceledException)
        {
            // One of the two has gone.
        }
    }

    private async Task CopyAsync(Stream from, Stream to, bool renamesHost)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await from.ReadAsync(buffer, _stop.Token)) > 0)
        {
            // The client sends a request's head in one piece.
            var chunk = renamesHost
                ? Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(buffer, 0, read).Replace(
                    string.Create(CultureInfo.InvariantCulture, $"Host: 127.0.0.1:{Port}\r\n"),
                    string.Create(CultureInfo.InvariantCulture, $"Host: 127.0.0.1:{_serverPort}\r\n"),
                    StringComparison.Ordinal))
                : buffer.AsMemory(0, read);
            await to.WriteAsync(chunk, _stop.Token);
        }
    }
}
