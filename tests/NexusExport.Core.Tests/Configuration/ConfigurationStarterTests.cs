using NexusExport.Configuration;

namespace NexusExport.Tests.Configuration;

public sealed class ConfigurationStarterTests : IDisposable
{
    private readonly ConfigurationBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public void Text_Loaded_GivesTheDefaultsAndTheLocalArchiveWithoutAWord()
    {
        var settings = _bed.WithYaml(ConfigurationStarter.Text(_bed.Types)).Load();

        Assert.Empty(settings.Warnings);
        Assert.Empty(settings.Notices);
        var local = Assert.Single(settings.Destinations);
        Assert.Equal(("local", true, _bed.InWork("exports")), (local.Name, local.Enabled, local.Text("base_path")));
        Assert.Empty(local.Faults);
        var defaults = _bed.WithYaml("").Load();
        Assert.Equal(
            defaults with { Destinations = settings.Destinations, Values = settings.Values, Warnings = settings.Warnings, Notices = settings.Notices },
            settings);
    }

    [Fact]
    public void Text_WithTheOtherDestinationsUncommented_LoadsToo()
    {
        var lines = ConfigurationStarter.Text(_bed.Types).Split('\n').Select(line => line.StartsWith("  # ", StringComparison.Ordinal) ? "  " + line[4..] : line);
        var yaml = string.Join('\n', lines).Split("destinations:", 2);
        var original = ConfigurationStarter.Text(_bed.Types).Split("destinations:", 2);

        var settings = _bed.WithYaml(original[0] + "destinations:" + yaml[1]).With("NX_CDCS_TOKEN", "s3cr3t").Load();

        Assert.Empty(settings.Warnings);
        var cdcs = settings.Destinations.Single(destination => destination.Type is "cdcs");
        Assert.Equal("https://cdcs.example.org/", cdcs.Text("url"));
        Assert.Equal("s3cr3t", cdcs.Secret("token")!.Reveal());
        Assert.Empty(cdcs.Faults);
    }

    [Fact]
    public void Text_OfTheTypes_NamesEverySettingWithItsDescription()
    {
        var text = ConfigurationStarter.Text(_bed.Types);

        Assert.All(_bed.Types.SelectMany(type => type.Settings), setting =>
        {
            Assert.Contains($"{setting.Name}: ", text, StringComparison.Ordinal);
            Assert.Contains(setting.Description, text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Text_Starter_LeavesADestinationToTheVariables()
    {
        var settings = _bed.WithYaml(ConfigurationStarter.Text(_bed.Types)).With("NX_CDCS_URL", "https://x.org/").With("NX_CDCS_TOKEN", "t0ken").Load();

        Assert.Equal(["local", "cdcs"], settings.Destinations.Select(destination => destination.Name), StringComparer.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_NewFile_IsWrittenWithItsFolders()
    {
        var path = _bed.InWork("new/folder/nexus-export.yaml");

        await ConfigurationStarter.WriteAsync(path, _bed.Types, force: false, CancellationToken.None);

        Assert.Equal(ConfigurationStarter.Text(_bed.Types), await File.ReadAllTextAsync(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public async Task WriteAsync_ExistingFile_IsReplacedOnlyByForce()
    {
        _bed.WithYaml("mine");

        var error = await Assert.ThrowsAsync<ExportException>(
            () => ConfigurationStarter.WriteAsync(_bed.Yaml, _bed.Types, force: false, CancellationToken.None));
        Assert.Equal(ExportErrorCode.ConfigurationExists, error.Fault.Code);
        Assert.Equal("mine", await File.ReadAllTextAsync(_bed.Yaml));

        await ConfigurationStarter.WriteAsync(_bed.Yaml, _bed.Types, force: true, CancellationToken.None);
        Assert.Equal(ConfigurationStarter.Text(_bed.Types), await File.ReadAllTextAsync(_bed.Yaml));
        Assert.Single(Directory.GetFiles(_bed.WorkingDirectory));
    }

    [Fact]
    public async Task WriteAsync_FolderThatIsAFile_IsStorageFailed()
    {
        _bed.WithYaml("");

        var error = await Assert.ThrowsAsync<ExportException>(
            () => ConfigurationStarter.WriteAsync(Path.Combine(_bed.Yaml, "nexus-export.yaml"), _bed.Types, force: false, CancellationToken.None));

        Assert.Equal(ExportErrorCode.StorageFailed, error.Fault.Code);
    }
}
