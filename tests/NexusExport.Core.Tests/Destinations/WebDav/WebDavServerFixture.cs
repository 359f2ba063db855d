using System.Globalization;

namespace NexusExport.Tests.Destinations.WebDav;

/// <summary>A real WebDAV server on loopback that serves a temp folder, for all the tests of a class. Does nothing where it is not installed.</summary>
/// <param name="program">The program, or a file that comes with it: what <see cref="RequiresProgramAttribute"/> asks for.</param>
public abstract class WebDavServerFixture(string program) : IAsyncLifetime, IDisposable
{
    public const string Username = "lab";
    public const string Password = "dav-test-Password";

    private readonly TempFolder _folder = new();
    private ToolProcess? _process;

    /// <summary>Address without a trailing slash.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");

    public int Port { get; } = ToolProcess.FreePort();

    /// <summary>The folder that it serves.</summary>
    public string Served => _folder["served/."];

    /// <summary>Where its own files lie.</summary>
    protected TempFolder Folder => _folder;

    public async Task InitializeAsync()
    {
        if (RequiresProgramAttribute.Find(program) is null)
        {
            return;
        }

        Directory.CreateDirectory(Served);
        _process = await StartAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _process?.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes its configuration and starts it.</summary>
    internal abstract Task<ToolProcess> StartAsync();

    /// <summary>Lets a server that gives up root's rights write in its folder.</summary>
    protected async Task OwnByAsync(string account)
    {
        if (Environment.IsPrivilegedProcess)
        {
            await ChildProcess.RunAsync("chown", Folder.Path, TimeSpan.FromSeconds(30), "-R", account, Folder.Path);
        }
    }
}
