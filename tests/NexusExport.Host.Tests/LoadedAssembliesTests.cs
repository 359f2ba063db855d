namespace NexusExport.Host.Tests;

/// <summary>What a process loads: every package costs its first record time.</summary>
public sealed class LoadedAssembliesTests : IDisposable
{
    // Drivers of destinations that are not configured, and what only a failed call needs.
    private static readonly string[] Idle = ["AWSSDK.Core", "AWSSDK.S3", "MySql.Data", "Npgsql", "Polly.Core"];

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Export_ToAnArchive_LoadsNothingOfOtherDestinations()
    {
        var loaded = await ExportAsync("archive: { type: local, base_path: archive }");

        Assert.Contains("Microsoft.Data.Sqlite", loaded);
        Assert.Empty(loaded.Intersect(Idle));
    }

    [Fact]
    public async Task Export_ToADatabaseThatIsNotThere_LoadsItsDriverAlone()
    {
        var loaded = await ExportAsync("lims: { type: postgresql, host: 127.0.0.1, port: 1, database: d, user: u, password: p, tls: off }");

        Assert.Contains("Npgsql", loaded);
        Assert.Empty(loaded.Intersect(["AWSSDK.Core", "AWSSDK.S3", "MySql.Data"]));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string[]> ExportAsync(string destination)
    {
        _folder.Write("nexus-export.yaml", $"export: {{ pipeline: {{ max_retries: 1 }} }}\ndestinations: {{ {destination} }}");
        var list = _folder["loaded.txt"];
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
            [StartupHook.Variable] = list,
        };
        var output = await HostProcess.RunAsync(_folder.Path, environment, "export", SampleRecords.Write(_folder["records"], 1));
        Assert.True(File.Exists(list), output.Out + output.Error);
        return await File.ReadAllLinesAsync(list);
    }
}
