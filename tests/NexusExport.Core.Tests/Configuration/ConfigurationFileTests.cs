
namespace NexusExport.Tests.Configuration;

public sealed class ConfigurationFileTests : IDisposable
{
    private readonly ConfigurationBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public void Load_FileNamedForTheRun_WinsOverEveryOther()
    {
        _bed.WithYaml("").With("NEXUSEXPORT_CONFIG", "other.yaml");
        File.WriteAllText(_bed.InWork("mine.yaml"), "");

        Assert.Equal(_bed.InWork("mine.yaml"), _bed.Load("mine.yaml").ConfigFile);
    }

    [Fact]
    public void Load_FileNamedByTheVariable_WinsOverTheUsualPlaces()
    {
        _bed.WithYaml("").With("NEXUSEXPORT_CONFIG", "other.yaml");
        File.WriteAllText(_bed.InWork("other.yaml"), "");

        Assert.Equal(_bed.InWork("other.yaml"), _bed.Load().ConfigFile);
    }

    [Theory]
    [InlineData("missing.yaml", null)]
    [InlineData(null, "missing.yaml")]
    public void Load_NamedFileMissing_IsConfigurationNotFound(string? configPath, string? variable)
    {
        _bed.WithYaml("").With("NEXUSEXPORT_CONFIG", variable ?? "");

        var fault = Assert.Throws<ExportException>(() => _bed.Load(configPath)).Fault;

        Assert.Equal(ExportErrorCode.ConfigurationNotFound, fault.Code);
        Assert.Contains(_bed.InWork("missing.yaml"), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_UsualPlaces_AreTriedFromNearToFar()
    {
        File.WriteAllText(Path.Combine(_bed.MachineDirectory, "nexus-export.yaml"), "");
        Assert.Equal(Path.Combine(_bed.MachineDirectory, "nexus-export.yaml"), _bed.Load().ConfigFile);

        File.WriteAllText(Path.Combine(_bed.UserDirectory, "nexus-export.yaml"), "");
        Assert.Equal(Path.Combine(_bed.UserDirectory, "nexus-export.yaml"), _bed.Load().ConfigFile);

        _bed.WithYaml("");
        Assert.Equal(_bed.Yaml, _bed.Load().ConfigFile);
    }

    [Fact]
    public void Load_RelativePathsInAFile_StartFromItsFolder()
    {
        var file = Path.Combine(_bed.UserDirectory, "nexus-export.yaml");
        File.WriteAllText(file, "database: { path: log/nx.db }\nrecords: { path: ~/records }\ndestinations: { local: {} }");
        _bed.With("HOME", _bed.MachineDirectory);

        var settings = _bed.Load();

        Assert.Equal(Path.Combine(_bed.UserDirectory, "log", "nx.db"), settings.DatabasePath);
        Assert.Equal(Path.Combine(_bed.MachineDirectory, "records"), settings.RecordsPath);
        Assert.Equal(Path.Combine(_bed.UserDirectory, "exports"), settings.Destinations[0].Text("base_path"));
    }

    [Fact]
    public void Load_RelativePathInAVariable_StartsFromTheWorkingDirectory()
    {
        File.WriteAllText(Path.Combine(_bed.UserDirectory, "nexus-export.yaml"), "database: { path: log/nx.db }");

        Assert.Equal(_bed.InWork("mine.db"), _bed.With("NX_DB_PATH", "mine.db").Load().DatabasePath);
    }

    [Fact]
    public void Load_NothingConfigured_IsALocalArchiveAndSaysSo()
    {
        var settings = _bed.Load();

        var destination = Assert.Single(settings.Destinations);
        Assert.Equal(("local", "local", true, "default"), (destination.Name, destination.Type, destination.Enabled, destination.Source));
        Assert.Equal(_bed.InWork("exports"), destination.Text("base_path"));
        Assert.Equal(_bed.InWork("nexus-export.db"), settings.DatabasePath);
        var notice = Assert.Single(settings.Notices);
        Assert.StartsWith("No configuration found: ", notice, StringComparison.Ordinal);
        Assert.Contains(_bed.InWork("exports"), notice, StringComparison.Ordinal);
        Assert.Contains(_bed.InWork("nexus-export.db"), notice, StringComparison.Ordinal);
        Assert.Contains("New-ExportConfiguration", notice, StringComparison.Ordinal);
        Assert.Empty(settings.Warnings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n")]
    [InlineData("destinations:\nexport:\n")]
    public void Load_FileWithoutSettings_HasDefaultsAndNoDestination(string yaml)
    {
        var settings = _bed.WithYaml(yaml).Load();

        Assert.Empty(settings.Destinations);
        Assert.Equal(ExportStrategy.BestEffort, settings.Strategy);
        Assert.Equal(4, settings.ThrottleLimit);
        Assert.Equal(50_000_000, settings.MaxContentLength);
        Assert.Equal(TimeSpan.FromSeconds(30), settings.DefaultTimeout);
        Assert.Equal(3, settings.MaxAttempts);
        Assert.Equal(TimeSpan.FromSeconds(30), settings.DatabaseBusyTimeout);
        Assert.Null(settings.RecordsPath);
        Assert.Null(settings.UploadedPath);
    }
}
