using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NexusExport.Tests.Destinations.Sql;

/// <summary>
/// Stands between a client and a server without encryption. Once it is told to, the next COMMIT that comes by goes on to the server; when
/// the server has answered it, the connection is cut, and the client never learns that its work is done.
/// </summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private static readonly byte[] Commit = Encoding.ASCII.GetBytes("COMMIT");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _serverPort;
    private readonly Task _accepting;
    private volatile bool _isArmed;
    private int _cuts;

    public CuttingProxy(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections that were cut.</summary>
    public int Cuts => _cuts;

    public void CutNextCommit() => _isArmed = true;

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

    private async Task RelayAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _serverPort, _stop.Token);
                var isCommitting = new StrongBox();
                await Task.WhenAny(
                    CopyAsync(client.GetStream(), server.GetStream(), chunk => isCommitting.Value |= _isArmed && _cuts == 0 && HasCommit(chunk), () => false),
                    CopyAsync(server.GetStream(), client.GetStream(), _ => { }, () => isCommitting.Value && Interlocked.CompareExchange(ref _cuts, 1, 0) == 0));
            }
            catch (Exception ex) when (ex is IOException or SocketException or OperationCanceledException)
            {
                // One of the two has gone.
            }
        }
    }

    // A transaction begins with READ COMMITTED.
    private static bool HasCommit(ReadOnlySpan<byte> chunk) =>
        chunk.IndexOf(Commit) is >= 0 and var at && !chunk[(at + Commit.Length)..].StartsWith("TED"u8);

    private async Task CopyAsync(NetworkStream from, NetworkStream to, SpanAction look, Func<bool> cut)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await from.ReadAsync(buffer, _stop.Token)) > 0 && !cut())
        {
            look(buffer.AsSpan(0, read));
            await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
        }
    }

    private delegate void SpanAction(ReadOnlySpan<byte> chunk);

    private sealed class StrongBox
    {
        public volatile bool Value;
    }
}
