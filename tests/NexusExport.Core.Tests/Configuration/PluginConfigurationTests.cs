using NexusExport.Tests.Routing.Plugins;

namespace NexusExport.Tests.Configuration;

public sealed class PluginConfigurationTests : IDisposable
{
    private readonly ConfigurationBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public async Task Open_APluginWithoutConfiguration_IsADestinationUnlessTheFileDisablesIt()
    {
        AddScript("lab.ps1");
        await using var engine = Open("export: {}\n");
        await using var disabling = Open("destinations: { lab: { enabled: false, priority: 7 } }\n");

        var found = Assert.Single(engine.Destinations.Describe());
        Assert.Equal(("lab", "lab", 33, true, null), (found.DestinationName, found.Type, found.Priority, found.Enabled, found.Fault));
        Assert.Equal(_bed.InWork("plugins/lab.ps1"), found.Source);
        Assert.Equal((7, false), (Assert.Single(disabling.Destinations.Describe()).Priority, disabling.Destinations.Describe()[0].Enabled));
    }

    [Fact]
    public async Task Open_ATypeOfAnAssembly_TakesItsSettingsFromTheFile()
    {
        SamplePlugin.Install(_bed.InWork("own"));
        await using var engine = Open("plugins: { path: own }\ndestinations:\n  packed: { type: gzip, folder: packed }\n");

        var found = Assert.Single(engine.Destinations.Describe());

        Assert.Equal(("packed", "gzip", null), (found.DestinationName, found.Type, found.Fault));
        Assert.Equal(_bed.InWork("packed"), found.Settings["folder"]);
    }

    [Fact]
    public async Task Open_ATypeThatNeedsSettings_IsNoDestinationByItself()
    {
        SamplePlugin.Install(_bed.InWork("plugins"));
        await using var engine = Open("destinations: { local: {} }\n");

        Assert.Equal("local", Assert.Single(engine.Destinations.Describe()).DestinationName);
    }

    [Fact]
    public async Task Open_APluginThatDoesNotLoad_IsAWarningAndAFaultyRow()
    {
        File.WriteAllText(Directory.CreateDirectory(_bed.InWork("plugins")) + "/gzip.dll", "No assembly.");
        await using var engine = Open("destinations:\n  local: {}\n  packed: { type: gzip, folder: packed }\n  odd: { type: webhook, url: x }\n");

        var rows = engine.Destinations.Describe();

        Assert.Equal(["local", "odd", "packed"], rows.Select(row => row.DestinationName).Order(StringComparer.Ordinal));
        Assert.Null(rows[0].Fault);
        Assert.All(rows.Skip(1), row => Assert.Contains("gzip.dll", row.Fault, StringComparison.Ordinal));
        Assert.Contains("gzip.dll is not available", Assert.Single(engine.Settings.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WithoutAConfigurationFile_RunsNoPluginUnlessAVariableNamesTheFolder()
    {
        AddScript("lab.ps1");
        await using var plain = Open(yaml: null);
        _bed.With("NEXUSEXPORT_PLUGINS", "plugins");
        await using var named = Open(yaml: null);

        Assert.Equal("local", Assert.Single(plain.Destinations.Describe()).DestinationName);
        Assert.Equal(["local", "lab"], named.Destinations.Describe().Select(row => row.DestinationName));
    }

    [Fact]
    public async Task Open_AFolderThatIsConfiguredAndNotThere_IsAWarning()
    {
        await using var engine = Open("plugins: { path: nowhere }\ndestinations: { local: {} }\n");

        Assert.Contains("plugins.path names the folder", Assert.Single(engine.Settings.Warnings), StringComparison.Ordinal);
    }

    private void AddScript(string name) => File.WriteAllText(Directory.CreateDirectory(_bed.InWork("plugins")) + "/" + name, string.Empty);

    private ExportEngine Open(string? yaml)
    {
        if (yaml is not null)
        {
            _bed.WithYaml(yaml);
        }

        var scripts = new FakeScriptHost();
        scripts.Files["lab.ps1"] = () => FakeScriptHost.Members(("Export", FakeScriptHost.Code(_ => null)), ("Priority", 33));
        return ExportEngine.Open(new EngineOptions { Environment = _bed.Environment, Scripts = scripts });
    }
}
