using NexusExport.Fakes.Drive;

namespace NexusExport.Tests.Destinations.Drive;

/// <summary>Whole runs to a Drive folder after the journal was lost: the folder tells what is there.</summary>
public sealed class DriveLostDatabaseTests : IAsyncLifetime, IDisposable
{
    private readonly FolderLab _lab = new();
    private FakeDrive _drive = null!;

    public async Task InitializeAsync()
    {
        _drive = await FakeDrive.StartAsync();
        _lab.Configure($$"""
            records: { path: records }
            destinations:
              drive:
                folder_id: {{FakeDrive.FolderId}}
                client_id: lab
                client_secret: "{{_drive.ClientSecret}}"
                refresh_token: "{{_drive.RefreshToken}}"
                api_base: {{_drive.BaseUrl}}
                token_uri: {{_drive.TokenUri}}
            """);
    }

    public async Task DisposeAsync() => await _drive.DisposeAsync();

    public void Dispose() => _lab.Dispose();

    /// <summary>The folder's description, an access token and one page of a thousand files; where too much else is there, a search for each record.</summary>
    [Theory]
    [InlineData(40, 0, 3)]
    [InlineData(3, 240, 7)]
    public async Task Export_AfterTheDatabaseWasLost_FindsEverythingAndSendsNothing(int records, int others, int requests)
    {
        var names = Enumerable.Range(0, records).Select(Write).ToList();
        var elsewhere = Enumerable.Range(records, others).Select(Write).ToList();
        Assert.All(await _lab.ResultsAsync(), result => Assert.EndsWith(" drive Exported", result, StringComparison.Ordinal));
        elsewhere.ForEach(File.Delete);
        LoseDatabase();
        var before = Paths().Count;

        var results = await _lab.ResultsAsync();

        Assert.Equal(Results(names, "AlreadyExported"), results);
        Assert.Equal(records + others, _drive.Files.Count);
        var asked = Paths().Skip(before).ToList();
        Assert.InRange(asked.Count, 1, requests);
        Assert.DoesNotContain(asked, request => request.StartsWith("POST /upload", StringComparison.Ordinal));

        // What was found is known from now on.
        before = Paths().Count;
        Assert.Equal(results, await _lab.ResultsAsync());
        Assert.Equal(before, Paths().Count);
    }

    [Fact]
    public async Task Export_AfterTheDatabaseWasLost_SendsWhatIsNewOrChangedAndNothingElse()
    {
        var names = Enumerable.Range(0, 6).Select(Write).ToList();
        await _lab.ResultsAsync();
        LoseDatabase();
        _lab.Write("records/r_000.xml", "changed");
        names.Add(Write(6));

        var results = await _lab.ResultsAsync();

        Assert.Equal(Results([names[0], names[6]], "Exported").Concat(Results(names[1..6], "AlreadyExported")).Order(StringComparer.Ordinal), results);
        Assert.Equal(8, _drive.Files.Count);
        Assert.Equal(Results(names, "AlreadyExported"), await _lab.ResultsAsync());
        Assert.Equal(8, _drive.Files.Count);
    }

    private static IEnumerable<string> Results(IEnumerable<string> files, string status) =>
        files.Select(file => $"{Path.GetFileName(file)} drive {status}");

    private string Write(int number) => _lab.Write($"records/r_{number:000}.xml", $"text {number}");

    private List<string> Paths() => [.. _drive.RequestLog.Select(request => $"{request.Method} {request.Path}")];

    private void LoseDatabase()
    {
        foreach (var file in Directory.GetFiles(_lab.Path, "nexus-export.db*"))
        {
            File.Delete(file);
        }
    }
}
