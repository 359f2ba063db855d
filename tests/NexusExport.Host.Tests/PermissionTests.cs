namespace NexusExport.Host.Tests;

/// <summary>What the program makes is nobody's to change but its owner's, whatever the umask that it is started with.</summary>
public sealed class PermissionTests : IDisposable
{
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private readonly TempFolder _folder = new();

    [UnixFact]
    public async Task Export_WithoutAUmask_LeavesNothingThatOthersMayWrite()
    {
        var records = SampleRecords.Write(_folder["records"], 50);
        using var host = HostProcess.StartAfter("umask 0", _folder.Path, "export", records, "--throttle-limit", "1");
        await host.Out.ReadLineAsync();
        var during = Made();
        var output = await host.EndAsync();

        Assert.Equal(0, output.ExitCode);
        Assert.Contains(during, path => path.EndsWith(".lock", StringComparison.Ordinal));
        Assert.All(Made(), AssertNotWritable);
    }

    [UnixFact]
    public async Task ConfigNew_WithoutAUmask_IsItsOwnersAlone()
    {
        using var host = HostProcess.StartAfter("umask 0", _folder.Path, "config", "new", "lab/nexus-export.yaml");

        Assert.Equal(0, (await host.EndAsync()).ExitCode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode(_folder["lab/nexus-export.yaml"]));
        AssertNotWritable(Path.Combine(_folder.Path, "lab"));
    }

    public void Dispose() => _folder.Dispose();

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);

    private static void AssertNotWritable(string path) => Assert.True((Mode(path) & OthersWrite) == UnixFileMode.None, $"{path}: {Mode(path)}");

    // A file that goes while it is looked at is fine.
    private List<string> Made()
    {
        var made = Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories)
            .Where(path => !path.StartsWith(_folder["records"], StringComparison.Ordinal))
            .ToList();
        made.Where(path => path.EndsWith(".lock", StringComparison.Ordinal)).ToList().ForEach(AssertNotWritable);
        return made;
    }
}
