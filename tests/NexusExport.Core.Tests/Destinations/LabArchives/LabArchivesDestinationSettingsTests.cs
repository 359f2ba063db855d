using NexusExport.Destinations.LabArchives;

namespace NexusExport.Tests.Destinations.LabArchives;

public sealed class LabArchivesDestinationSettingsTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("https://euapi.labarchives.com/api", true)]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://localhost/", true)]
    [InlineData("http://api.labarchives.com", false)]
    [InlineData("ftp://api.labarchives.com", false)]
    public void Check_Url_MustBeHttpsUnlessOnThisMachine(string? url, bool isGood) =>
        Assert.Equal(isGood, LabArchivesDestinationSettings.Check(Settings(("url", url))).Count == 0);

    [Theory]
    [InlineData("access_key_id")]
    [InlineData("access_password")]
    [InlineData("user_id")]
    [InlineData("notebook_id")]
    public void Check_SettingThatIsMissing_IsNamed(string name) =>
        Assert.Contains(name, Assert.Single(LabArchivesDestinationSettings.Check(Settings((name, null)))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(null, null, "https://mynotebook.labarchives.com/nb=")]
    [InlineData("https://api.labarchives.com/api/", null, "https://mynotebook.labarchives.com/nb=")]
    [InlineData("https://UKAPI.labarchives.com", null, "https://uk-mynotebook.labarchives.com/nb=")]
    [InlineData("https://eln.example.edu/api", null, "https://eln.example.edu/nb=")]
    [InlineData(null, "https://eln.example.edu/", "https://eln.example.edu/nb=")]
    public void OfNotebook_OfARegion_IsItsWebAddress(string? url, string? webUrl, string expected)
    {
        var settings = LabArchivesDestinationSettings.From(Settings(("url", url), ("web_url", webUrl)));

        Assert.Equal(expected, LabArchivesWebAddress.OfNotebook(settings));
    }

    [Fact]
    public void Definitions_OfNexusLims_HaveItsVariables() => Assert.Equal(
        ["NX_LABARCHIVES_ACCESS_KEY_ID", "NX_LABARCHIVES_ACCESS_PASSWORD", "NX_LABARCHIVES_NOTEBOOK_ID", "NX_LABARCHIVES_URL", "NX_LABARCHIVES_USER_ID"],
        LabArchivesDefinitions.All.Select(definition => definition.Variable).OfType<string>().Order(StringComparer.Ordinal));

    private static DestinationSettings Settings(params (string Name, string? Value)[] changes)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["access_key_id"] = "key",
            ["access_password"] = new SecretText("password"),
            ["user_id"] = "user",
            ["notebook_id"] = "nb=",
        };
        foreach (var (name, value) in changes)
        {
            values.Remove(name);
            if (value is not null)
            {
                values[name] = value;
            }
        }

        return new() { Name = "notebook", Type = "labarchives", Priority = 90, Values = values };
    }
}
