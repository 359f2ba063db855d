using System.Net;
using System.Net.Sockets;

namespace NexusExport.Tests.Destinations.WebDav;

/// <summary>Debian's rclone serving a temp folder by WebDAV on loopback, shared by the tests of a class.</summary>
public sealed class RcloneServer : IAsyncLifetime, IDisposable
{
    public const string Username = "lab";
    public const string Password = "rclone-test-password";

    private readonly TempFolder _folder = new();
    private ChildProcess? _process;

    /// <summary>Address without a trailing slash; null where rclone is not installed.</summary>
    public string? Url { get; private set; }

    /// <summary>The folder that it serves.</summary>
    public string Folder => _folder.Path;

    public async Task InitializeAsync()
    {
        if (ChildProcess.Find("rclone") is not { } rclone)
        {
            return;
        }

        var port = FreePort();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["RCLONE_USER"] = Username,
            ["RCLONE_PASS"] = Password,
            ["RCLONE_CONFIG"] = OperatingSystem.IsWindows() ? "NUL" : "/dev/null",
        };
        _process = ChildProcess.Start(rclone, environment, "serve", "webdav", Folder, "--addr", $"127.0.0.1:{port}", "--dir-cache-time", "0s");
        Url = $"http://127.0.0.1:{port}";
        await WaitAsync(port);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _process?.Dispose();
        _folder.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // A program says nowhere but on its port that it is ready.
    private async Task WaitAsync(int port)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, patience.Token);
                return;
            }
            catch (SocketException) when (!_process!.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
            }
        }
    }
}
