using NexusExport.Configuration;
using NexusExport.Configuration.Drafts;
using NexusExport.Destinations;
using NexusExport.Tests.Configuration;
using NexusExport.Tests.Routing;

namespace NexusExport.Tests.Contract;

public sealed class SettingAliasTests : IDisposable
{
    private const string Hub = "hub: { type: github, token: env:T, ";

    private readonly ConfigurationBed _bed = new();
    private readonly RegistrationBed _lab = new() { Variables = { ["T"] = "t0ken" } };

    public void Dispose()
    {
        _bed.Dispose();
        _lab.Dispose();
    }

    [Theory]
    [InlineData(Hub + "repo: lab/records }", "repository", "lab/records")]
    [InlineData(Hub + "repository: lab/records, create_pr: true }", "mode", "pull_request")]
    [InlineData(Hub + "repository: lab/records, create_pr: 'no' }", "mode", "commit")]
    [InlineData(Hub + "repository: lab/records, create_pr: }", "mode", "commit")]
    [InlineData("store: { type: tidb, column_mappings: { content: body } }", "column_content", "body")]
    [InlineData("store: { type: mysql, column_mappings: { content: body, filename: name } }", "column_filename", "name")]
    [InlineData("store: { type: postgresql, column_mappings: }", "column_content", "content")]
    public void Load_AnAlias_IsTheSettingItself(string destination, string setting, string expected)
    {
        var settings = Load(destination);

        Assert.Equal(expected, Assert.Single(settings.Destinations).Text(setting));
        Assert.Contains(settings.Values, value => value.Name.EndsWith($".{setting}", StringComparison.Ordinal) && (string?)value.Value == expected);
    }

    [Fact]
    public void Load_AnAliasOfASecret_IsReadAndHiddenAsOne()
    {
        var settings = Load("drive: { folder_id: f, oauth_credentials: env:T }");

        Assert.Equal("t0ken", Assert.Single(settings.Destinations).Secret("credentials")?.Reveal());
        Assert.Equal("***", settings.Values.Single(value => value.Name == "destinations.drive.credentials").Value);
    }

    [Theory]
    [InlineData(Hub + "repo: a/b, repository: a/b }", "'repository' sets 'repository', which 'hub' gives by another key, too; keep one of them")]
    [InlineData(Hub + "repo: a/b, create_pr: false, mode: commit }", "'mode' sets 'mode', which 'hub' gives by another key, too; keep one of them")]
    [InlineData(Hub + "repo: a/b, create_pr: perhaps }", "create_pr must be true or false")]
    [InlineData(Hub + "repo: a/b, create_rp: true }", "unknown key 'create_rp' in the github destination 'hub'; did you mean 'create_pr'?")]
    [InlineData("s: { type: tidb, column_mappings: { contents: x } }", "unknown key 'column_mappings.contents' in the tidb destination 's'; did you mean 'column_mappings.content'?")]
    [InlineData("s: { type: tidb, column_mappings: x }", "'column_mappings' must be a group of settings, not a single value")]
    public void Load_AnAliasThatCannotBeUsed_IsToldWithItsPlace(string destination, string expected)
    {
        var exception = Assert.Throws<ExportException>(() => Load(destination));

        Assert.StartsWith($"{_bed.Yaml}:2:", Assert.Single(exception.Fault.Message.Split('\n')), StringComparison.Ordinal);
        Assert.EndsWith(expected, exception.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_WithAliases_KeepsTheSettingsOwnNames()
    {
        await _lab.RegisterAsync(GitHub(("repo", "lab/records"), ("create_pr", true)));
        await _lab.SetAsync(new("hub") { Settings = RegistrationBed.Settings(("repository", "lab/other"), ("create_pr", null)) });

        var listed = Assert.Single(await _lab.ListAsync());

        Assert.Equal(("lab/other", "commit"), (listed.Settings["repository"], listed.Settings["mode"]));
        Assert.Null(listed.Fault);
    }

    [Fact]
    public async Task Register_AGroupOfAliases_SetsEach()
    {
        var mappings = new Dictionary<string, object?>(StringComparer.Ordinal) { ["content"] = "body", ["metadata"] = "facts" };
        await _lab.RegisterAsync(new("store")
        {
            Type = "tidb",
            Settings = RegistrationBed.Settings(("host", "h"), ("database", "d"), ("user", "u"), ("password", "env:T"), ("column_mappings", mappings)),
        });

        var settings = Assert.Single(await _lab.ListAsync()).Settings;

        Assert.Equal(("body", "facts", "filename"), (settings["column_content"], settings["column_metadata"], settings["column_filename"]));
    }

    [Theory]
    [InlineData("repo", "x/y", "repository", "x/y", "keep one of them")]
    [InlineData("create_pr", "perhaps", "repo", "x/y", "create_pr must be true or false")]
    public async Task Register_AnAliasThatCannotBeUsed_StoresNothing(string name, string value, string other, string otherValue, string expected)
    {
        var exception = await Assert.ThrowsAsync<ExportException>(() => _lab.RegisterAsync(GitHub((name, value), (other, otherValue))));

        Assert.Contains(expected, exception.Fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_lab.Database));
    }

    [Fact]
    public void Aliases_OfEveryType_AreNoNamesOfOtherSettings() => Assert.All(BuiltInDestinations.All, type =>
    {
        var keys = new SettingKeys(type.Settings).All.ToList();
        Assert.Equal(keys.Distinct(StringComparer.OrdinalIgnoreCase).Count(), keys.Count);
    });

    private static DestinationDefinition GitHub(params (string Name, object? Value)[] settings) =>
        new("hub") { Type = "github", Settings = RegistrationBed.Settings([("token", "env:T"), .. settings]) };

    private ExportSettings Load(string destination)
    {
        _bed.WithYaml($"destinations:\n  {destination}\n").With("T", "t0ken");
        return LoadConfiguration.From(null, _bed.Environment, BuiltInDestinations.All, null);
    }
}
