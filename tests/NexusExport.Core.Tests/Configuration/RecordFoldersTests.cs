
namespace NexusExport.Tests.Configuration;

public sealed class RecordFoldersTests : IDisposable
{
    private readonly ConfigurationBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Theory]
    [InlineData("records")]
    [InlineData("./records")]
    [InlineData("records/")]
    [InlineData("other/../records/.")]
    [InlineData("link")]
    [InlineData("link-to-parent/records")]
    public void Load_UploadedIsTheRecordsFolder_IsRefused(string uploaded)
    {
        Directory.CreateDirectory(_bed.InWork("records"));
        Directory.CreateSymbolicLink(_bed.InWork("link"), _bed.InWork("records"));
        Directory.CreateSymbolicLink(_bed.InWork("link-to-parent"), _bed.WorkingDirectory);

        var error = Assert.Single(_bed.WithYaml($"records:\n  path: records\n  uploaded: {uploaded}\n").Errors());

        Assert.StartsWith($"{_bed.Yaml}:3:13: records.uploaded is the same folder as records.path", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("records", "records")]
    [InlineData("link/records", "records")]
    [InlineData("link/a/b", "./a/b/")]
    public void Load_UploadedIsTheRecordsFolderThatIsNotThereYet_IsRefused(string records, string uploaded)
    {
        Directory.CreateSymbolicLink(_bed.InWork("link"), _bed.WorkingDirectory);

        Assert.Single(_bed.WithYaml($"records: {{ path: {records}, uploaded: {uploaded} }}\n").Errors());
    }

    [Theory]
    [InlineData("records/uploaded")]
    [InlineData("records2")]
    [InlineData(".")]
    [InlineData("Records")]
    public void Load_UploadedIsAnotherFolder_IsTaken(string uploaded)
    {
        if (uploaded == "Records" && !OperatingSystem.IsLinux())
        {
            uploaded = "recordz";
        }

        Directory.CreateDirectory(_bed.InWork("records"));

        Assert.Equal(_bed.InWork(uploaded), _bed.WithYaml($"records: {{ path: records, uploaded: {uploaded} }}\n").Load().UploadedPath);
    }

    [BindMountFact]
    public void Load_UploadedIsTheRecordsFolderMountedElsewhere_IsRefused()
    {
        Directory.CreateDirectory(_bed.InWork("records"));
        using var mount = new BindMount(_bed.InWork("records"), _bed.InWork("elsewhere"));

        Assert.Single(_bed.WithYaml("records: { path: records, uploaded: elsewhere }\n").Errors());
    }

    [Fact]
    public void Load_NexusLimsOwnUploadedFolderLeadsBack_IsRefused()
    {
        Directory.CreateDirectory(_bed.InWork("data/records"));
        Directory.CreateSymbolicLink(_bed.InWork("data/records/uploaded"), ".");

        Assert.Contains("records.uploaded is the same folder", Assert.Single(_bed.With("NX_DATA_PATH", "data").Errors()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("records")]
    [InlineData("uploaded")]
    [InlineData("link")]
    public void Load_AnArchiveIsOneOfTheRecordsFolders_IsRefused(string archive)
    {
        Directory.CreateDirectory(_bed.InWork("records"));
        Directory.CreateSymbolicLink(_bed.InWork("link"), _bed.InWork("records"));

        var error = Assert.Single(_bed
            .WithYaml($"records: {{ path: records, uploaded: uploaded }}\ndestinations:\n  local:\n    base_path: {archive}\n")
            .Errors());

        Assert.StartsWith($"{_bed.Yaml}:4:16: base_path of 'local' is the same folder as records.", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TwoArchivesInOneFolder_WarnsThatOneCopyStandsForBoth()
    {
        var settings = _bed.WithYaml("destinations:\n  local: {}\n  second: { type: local, base_path: ./exports }\n").Load();

        Assert.Contains("'local'", Assert.Single(settings.Warnings), StringComparison.Ordinal);
    }
}
