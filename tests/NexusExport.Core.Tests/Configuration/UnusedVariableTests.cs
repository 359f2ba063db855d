using NexusExport.Configuration;
using NexusExport.Destinations;

namespace NexusExport.Tests.Configuration;

/// <summary>Variables of other names than this program's.</summary>
public sealed class UnusedVariableTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_LabArchivesByItsOtherUrl_GoesThere()
    {
        var settings = Load(string.Empty, [("NX_LABARCHIVES_API_URL", "https://euapi.labarchives.com/api"), .. Account()]);

        Assert.Equal("https://euapi.labarchives.com/api", Assert.Single(settings.Destinations).Text("url"));
        Assert.Empty(settings.Warnings);
    }

    [Fact]
    public void Load_LabArchivesByBothUrls_GoesToItsOwn()
    {
        var settings = Load(
            string.Empty, [("NX_LABARCHIVES_API_URL", "https://euapi.labarchives.com"), ("NX_LABARCHIVES_URL", "https://ukapi.labarchives.com"), .. Account()]);

        Assert.StartsWith("https://ukapi.labarchives.com", Assert.Single(settings.Destinations).Text("url"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NX_LABARCHIVES_API_KEY", "NX_LABARCHIVES_ACCESS_KEY_ID")]
    [InlineData("NX_LABARCHIVES_NOTEBOOK", "NX_LABARCHIVES_NOTEBOOK_ID")]
    [InlineData("NX_CDCS_PASSWORD", "NX_CDCS_TOKEN")]
    [InlineData("NX_ELABFTW_TOKEN", "NX_ELABFTW_API_KEY")]
    public void Load_VariableThatMeansNothing_NamesTheRightOnes(string name, string right)
    {
        var warning = Assert.Single(Load(string.Empty, (name, "s3cret")).Warnings);

        Assert.StartsWith($"{name} is set but not used", warning, StringComparison.Ordinal);
        Assert.Contains(right, warning, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_VariableThatASecretRefersTo_IsUsed()
    {
        var settings = Load(
            "destinations:\n  second: { type: cdcs, url: 'https://cdcs.example.org/', token: 'env:NX_CDCS_TOKEN_2' }\n", ("NX_CDCS_TOKEN_2", "t0ken"));

        Assert.Empty(settings.Warnings);
    }

    private static (string Name, string Value)[] Account() =>
    [
        ("NX_LABARCHIVES_ACCESS_KEY_ID", "a"),
        ("NX_LABARCHIVES_ACCESS_PASSWORD", "p"),
        ("NX_LABARCHIVES_USER_ID", "u"),
        ("NX_LABARCHIVES_NOTEBOOK_ID", "n"),
    ];

    private ExportSettings Load(string yaml, params IEnumerable<(string Name, string Value)> variables)
    {
        if (yaml.Length > 0)
        {
            _folder.Write("nexus-export.yaml", yaml);
        }

        var environment = new HostEnvironment(
            _folder.Path,
            variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal),
            _folder["none/user"],
            _folder["none/machine"]);
        return LoadConfiguration.From(null, environment, BuiltInDestinations.All, vaultSecret: null);
    }
}
