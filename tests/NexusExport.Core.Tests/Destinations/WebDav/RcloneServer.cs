using System.Globalization;

namespace NexusExport.Tests.Destinations.WebDav;

/// <summary>Debian's rclone serving a temp folder by WebDAV on loopback, shared by the tests of a class.</summary>
public sealed class RcloneServer : IAsyncLifetime, IDisposable
{
    public const string Username = "lab";
    public const string Password = "rclone-test-password";

    private readonly TempFolder _folder = new();
    private ToolProcess? _process;

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

        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{ToolProcess.FreePort()}");
        _process = await ToolProcess.StartAsync(
            rclone,
            "WebDav Server started",
            ["serve", "webdav", Folder, "--addr", address, "--user", Username, "--pass", Password, "--dir-cache-time", "0s"]);
        Url = $"http://{address}";
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _process?.Dispose();
        _folder.Dispose();
    }
}
