using NexusExport.Tests.Store;
using static NexusExport.Tests.Routing.RegistrationBed;

namespace NexusExport.Tests.Routing;

public sealed class DestinationRegistrationTests : IDisposable
{
    private readonly RegistrationBed _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Register_ALocalFolder_IsTestedStoredAndListed()
    {
        var info = await _lab.RegisterAsync(Local("archive") with { Priority = 80 }, test: true);

        Assert.Equal(("archive", "local", 80, true, "database"), (info.DestinationName, info.Type, info.Priority, info.Enabled, info.Source));
        var listed = Assert.Single(await _lab.ListAsync());
        Assert.Equal((1, "archive", 80, "database"), (listed.Order, listed.DestinationName, listed.Priority, listed.Source));
        Assert.Equal(Path.Combine(_lab.Path, "archive"), listed.Settings["base_path"]);
    }

    [Fact]
    public async Task Register_AWrongSetting_NamesItWithTheNearestAndStoresNothing()
    {
        var fault = await FaultAsync(() => _lab.RegisterAsync(Local("archive") with { Settings = Settings(("basepath", "x"), ("on_existing", "never")) }));

        Assert.Equal(ExportErrorCode.ConfigurationInvalid, fault.Code);
        Assert.Contains("registered destination 'archive': unknown key 'basepath'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("did you mean 'base_path'?", fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_lab.Database));
    }

    [Fact]
    public async Task Register_AnArchiveInTheRecordsFolder_IsRefusedAndAnEarlierOneIsFaultyAlone()
    {
        await _lab.RegisterAsync(Local("early", "archive"));
        _lab.WriteYaml("records: { path: archive }\n");

        var fault = await FaultAsync(() => _lab.RegisterAsync(Local("late")));

        Assert.Contains("is the same folder as records.path", fault.Message, StringComparison.Ordinal);
        Assert.Contains("a record would be its own copy", Assert.Single(await _lab.ListAsync()).Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("type", "-Type")]
    [InlineData("Priority", "-Priority")]
    [InlineData("depends_on", "-DependsOn")]
    [InlineData("enabled", "-Disabled")]
    public async Task Register_ACommonKeyAmongTheSettings_NamesItsParameter(string key, string parameter)
    {
        var fault = await FaultAsync(() => _lab.RegisterAsync(Local("archive") with { Settings = Settings((key, "x")) }));

        Assert.Contains(parameter, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("loca", "did you mean 'local'?")]
    [InlineData("zzz", "known: cdcs, ")]
    public async Task Register_AnUnknownType_NamesTheKnown(string type, string hint)
    {
        var fault = await FaultAsync(() => _lab.RegisterAsync(new("archive") { Type = type }));

        Assert.Contains(hint, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_WithoutARequiredSetting_NamesItAndNoVariable()
    {
        var fault = await FaultAsync(() => _lab.RegisterAsync(new("cdcs") { Type = "cdcs", Settings = Settings(("url", "https://cdcs.example")) }));

        Assert.Contains("needs the setting 'token'", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("NX_CDCS_TOKEN", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://cdcs.example", "s3cret-token", "token")]
    [InlineData("https://ada:s3cret-token@cdcs.example", "env:CDCS_TOKEN", "url")]
    public async Task Register_APlainSecret_IsRefusedWithAdviceAndNotRepeated(string url, string token, string setting)
    {
        var fault = await FaultAsync(() => _lab.RegisterAsync(Cdcs(url, token)));

        Assert.Equal(ExportErrorCode.ConfigurationInvalid, fault.Code);
        Assert.Contains(setting, fault.Message, StringComparison.Ordinal);
        Assert.Contains("env:NAME", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", fault.Message + fault.RecommendedAction, StringComparison.Ordinal);
        Assert.False(File.Exists(_lab.Database));
    }

    [Fact]
    public async Task Register_ASecretByReference_KeepsTheReferenceAndShowsNeither()
    {
        _lab.Variables["CDCS_TOKEN"] = "s3cret-token";

        var info = await _lab.RegisterAsync(Cdcs("https://cdcs.example", "env:CDCS_TOKEN"));

        Assert.Equal("***", info.Settings["token"]);
        Assert.Null(info.Fault);
        var config = Assert.Single(Store.NexusLimsDatabase.Query<string>(_lab.Database, "SELECT config FROM export_destinations"));
        Assert.Contains("env:CDCS_TOKEN", config, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", config, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_ASecretThatIsNotHere_IsStoredUntestedAndRefusedTested()
    {
        var definition = Cdcs("https://cdcs.example", "file:token.txt");

        var fault = await FaultAsync(() => _lab.RegisterAsync(definition, test: true));
        var info = await _lab.RegisterAsync(definition);

        Assert.Equal(ExportErrorCode.SecretUnavailable, fault.Code);
        Assert.Contains(Path.Combine(_lab.Path, "token.txt"), info.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_ADestinationThatFailsItsTest_ThrowsTheTestsCodeAndStoresNothing()
    {
        File.WriteAllText(Path.Combine(_lab.Path, "file"), "no folder");

        var fault = await FaultAsync(() => _lab.RegisterAsync(Local("archive", "file/archive"), test: true));

        Assert.Equal(ExportErrorCode.StorageFailed, fault.Code);
        Assert.Contains("-SkipTest", fault.RecommendedAction, StringComparison.Ordinal);
        Assert.False(File.Exists(_lab.Database));
    }

    [Fact]
    public async Task Register_ATakenName_IsDestinationExists()
    {
        _lab.WriteYaml("destinations:\n  near:\n    type: local\n");
        await _lab.RegisterAsync(Local("archive"));

        var registered = await FaultAsync(() => _lab.RegisterAsync(Local("Archive")));
        var configured = await FaultAsync(() => _lab.RegisterAsync(Local("NEAR")));

        Assert.Equal(ExportErrorCode.DestinationExists, registered.Code);
        Assert.Equal(ExportErrorCode.DestinationExists, configured.Code);
        Assert.Contains("nexus-export.yaml:2", configured.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_ADependencyThatRunsLater_IsRefused()
    {
        await _lab.RegisterAsync(Local("first") with { Priority = 10 });

        var fault = await FaultAsync(() => _lab.RegisterAsync(Local("second") with { Priority = 20, DependsOn = ["first"] }));

        Assert.Contains("would run after it", fault.Message, StringComparison.Ordinal);
        Assert.Single(await _lab.ListAsync());
    }

    [Fact]
    public async Task Set_OneSetting_LeavesTheRest()
    {
        await _lab.RegisterAsync(Local("archive") with { Priority = 80, Settings = Settings(("base_path", "a"), ("on_existing", "overwrite")) });

        await _lab.SetAsync(new("ARCHIVE") { Settings = Settings(("base_path", "b"), ("on_existing", null)), Enabled = false });

        var info = Assert.Single(await _lab.ListAsync());
        Assert.Equal(("archive", 80, false), (info.DestinationName, info.Priority, info.Enabled));
        Assert.Equal(Path.Combine(_lab.Path, "b"), info.Settings["base_path"]);
        Assert.NotEqual("overwrite", info.Settings["on_existing"]);
    }

    [Fact]
    public async Task Set_DisablingWhatCannotBeReached_NeedsNoTest()
    {
        await _lab.RegisterAsync(Local("archive", "file/archive"));
        File.WriteAllText(Path.Combine(_lab.Path, "file"), "no folder");

        Assert.Equal(ExportErrorCode.StorageFailed, (await FaultAsync(() => _lab.SetAsync(new("archive") { Priority = 1 }, test: true))).Code);
        Assert.False((await _lab.SetAsync(new("archive") { Enabled = false }, test: true)).Enabled);
    }

    [Fact]
    public async Task Set_ACircle_IsRefusedInFull()
    {
        await _lab.RegisterAsync(Local("a"));
        await _lab.RegisterAsync(Local("b") with { DependsOn = ["a"] });

        var fault = await FaultAsync(() => _lab.SetAsync(new("a") { DependsOn = ["b"] }));

        Assert.Contains("a → b → a", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("near", ExportErrorCode.NotSupported)]
    [InlineData("archiv", ExportErrorCode.DestinationNotFound)]
    public async Task SetAndUnregister_WhatIsNotRegistered_IsRefused(string name, string code)
    {
        _lab.WriteYaml("destinations:\n  near:\n    type: local\n");
        await _lab.RegisterAsync(Local("archive"));

        Assert.Equal(code, (await FaultAsync(() => _lab.SetAsync(new(name) { Priority = 1 }))).Code);
        Assert.Equal(code, (await FaultAsync(() => _lab.UnregisterAsync(name))).Code);
    }

    [Fact]
    public async Task Unregister_WhereNothingIsRegistered_SaysThatItIsNotThere() =>
        Assert.Equal(ExportErrorCode.DestinationNotFound, (await FaultAsync(() => _lab.UnregisterAsync("archive"))).Code);

    [Fact]
    public async Task Unregister_WhatOthersDependOn_IsRefusedUntilTheyDoNot()
    {
        await _lab.RegisterAsync(Local("a"));
        await _lab.RegisterAsync(Local("b") with { DependsOn = ["a"] });

        Assert.Contains("b depends on it", (await FaultAsync(() => _lab.UnregisterAsync("a"))).Message, StringComparison.Ordinal);
        await _lab.SetAsync(new("b") { DependsOn = [] });
        Assert.Equal("a", (await _lab.UnregisterAsync("A")).DestinationName);

        Assert.Equal("b", Assert.Single(await _lab.ListAsync()).DestinationName);
    }

    private static DestinationDefinition Cdcs(string url, string token) => new("cdcs") { Type = "cdcs", Settings = Settings(("url", url), ("token", token)) };

    private static async Task<ExportFault> FaultAsync(Func<Task> work) => (await Assert.ThrowsAsync<ExportException>(work)).Fault;
}
