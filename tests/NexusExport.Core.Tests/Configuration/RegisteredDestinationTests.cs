using NexusExport.Routing;
using NexusExport.Tests.Routing;
using NexusExport.Tests.Store;
using static NexusExport.Tests.Routing.RegistrationBed;

namespace NexusExport.Tests.Configuration;

/// <summary>Registered destinations beside configured ones, when an engine is opened.</summary>
public sealed class RegisteredDestinationTests : IDisposable
{
    private readonly RegistrationBed _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Open_ANameThatIsConfiguredToo_UsesTheConfiguredOneAndWarns()
    {
        await _lab.RegisterAsync(Local("archive", "registered"));
        _lab.WriteYaml("destinations:\n  Archive:\n    type: local\n    base_path: configured\n");

        var info = Assert.Single(await _lab.ListAsync());

        Assert.Equal(Path.Combine(_lab.Path, "configured"), info.Settings["base_path"]);
        Assert.Contains(await _lab.WarningsAsync(), warning => warning.Contains("registered destination 'Archive' is not used", StringComparison.Ordinal));
        await _lab.UnregisterAsync("archive");
        Assert.Empty(await _lab.WarningsAsync());
    }

    [Fact]
    public async Task Open_ConfiguredThatDependsOnRegistered_RunsAfterIt()
    {
        await _lab.RegisterAsync(Local("cdcs") with { Priority = 500 });
        _lab.WriteYaml("destinations:\n  notebook:\n    type: local\n    depends_on: CDCS\n");

        Assert.Equal(["cdcs", "notebook"], (await _lab.ListAsync()).Select(info => info.DestinationName));
        await Assert.ThrowsAsync<ExportException>(() => _lab.UnregisterAsync("cdcs"));
    }

    [Theory]
    [InlineData("UPDATE export_destinations SET dest_type = 'gone'", "unknown destination type 'gone'")]
    [InlineData("UPDATE export_destinations SET config = '{\"base_paht\": 1}'", "did you mean 'base_path'?")]
    [InlineData("UPDATE export_destinations SET config = '{\"on_existing\": \"never\"}'", "on_existing must be one of")]
    [InlineData("UPDATE export_destinations SET config = '{\"depends_on\": [\"nobody\"]}'", "which is no destination")]
    [InlineData("UPDATE export_destinations SET config = 'no json'", "unknown key 'text'")]
    public async Task Open_ARowThatIsWrong_IsFaultyAloneAndCanBeRemoved(string sql, string fault)
    {
        await _lab.RegisterAsync(Local("archive"));
        _lab.WriteYaml("destinations:\n  near:\n    type: local\n");
        _lab.Execute(sql);

        var all = await _lab.ListAsync();

        Assert.Equal((1, "near", null), (all[0].Order, all[0].DestinationName, all[0].Fault));
        Assert.Equal((null, "archive", "database"), (all[1].Order, all[1].DestinationName, all[1].Source));
        Assert.Contains(fault, all[1].Fault, StringComparison.Ordinal);
        await _lab.UnregisterAsync("archive");
        Assert.Single(await _lab.ListAsync());
    }

    [Fact]
    public async Task Open_APlainSecretInARow_IsAFaultThatDoesNotRepeatIt()
    {
        _lab.Variables["TOKEN"] = "x";
        await _lab.RegisterAsync(new("lab") { Type = "cdcs", Settings = Settings(("url", "https://cdcs.example"), ("token", "env:TOKEN")) });
        _lab.Execute("""UPDATE export_destinations SET config = '{"url": "https://cdcs.example", "token": "s3cret-token"}'""");

        var info = Assert.Single(await _lab.ListAsync());

        Assert.Contains("token is a secret", info.Fault, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", info.ToString() + string.Join(' ', info.Settings.Values), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WithoutADatabase_MakesNone()
    {
        Assert.Equal("local", Assert.Single(await _lab.ListAsync()).DestinationName);
        Assert.Empty(Directory.GetFileSystemEntries(_lab.Path));
    }

    [Fact]
    public async Task Open_ADatabaseThatIsNone_WarnsAndGoesOn()
    {
        _lab.WriteYaml("destinations:\n  near:\n    type: local\n    depends_on: registered\n");
        await File.WriteAllTextAsync(_lab.Database, new string('x', 5000));

        Assert.Contains("'registered'", Assert.Single(await _lab.ListAsync()).Fault, StringComparison.Ordinal);
        Assert.Contains(await _lab.WarningsAsync(), warning => warning.Contains("is not a SQLite database", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Export_AfterALockHidARegisteredDestination_IsRefusedBeforeTheFirstRecord()
    {
        await _lab.RegisterAsync(Local("archive"));
        NexusLimsDatabase.Run(_lab.Database, "PRAGMA journal_mode = DELETE");
        ExportEngine engine;
        using (var other = NexusLimsDatabase.Open(_lab.Database))
        {
            using var command = other.CreateCommand();
            command.CommandText = "BEGIN EXCLUSIVE";
            command.ExecuteNonQuery();
            engine = _lab.Open();
        }

        await using (engine)
        {
            var plan = engine.Exports.Plan(new());
            var fault = await Assert.ThrowsAsync<ExportException>(async () => await engine.Exports.RunAsync(None(), plan, CancellationToken.None).CountAsync());
            Assert.Equal(ExportErrorCode.DatabaseBusy, fault.Fault.Code);
        }

        static async IAsyncEnumerable<ExportItem> None()
        {
            await Task.CompletedTask;
            yield break;
        }
    }
}
