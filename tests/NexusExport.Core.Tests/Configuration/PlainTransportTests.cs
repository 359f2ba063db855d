
namespace NexusExport.Tests.Configuration;

public sealed class PlainTransportTests : IDisposable
{
    private readonly ConfigurationBed _bed = new();

    [Theory]
    [InlineData("http://cdcs.lab.example/", true)]
    [InlineData("http://192.0.2.7:8080/", true)]
    [InlineData("HTTP://cdcs.lab.example/", true)]
    [InlineData("https://cdcs.lab.example/", false)]
    [InlineData("http://localhost:8080/", false)]
    [InlineData("http://127.0.0.2/", false)]
    [InlineData("http://[::1]:80/", false)]
    public void Load_ATokenForAnAddress_WarnsWhereItGoesUnencrypted(string url, bool warned)
    {
        var settings = _bed.WithYaml($"destinations: {{ cdcs: {{ url: '{url}', token: s3cr3t }} }}").Load();

        Assert.Equal(warned, settings.Warnings.Any(warning => warning.StartsWith("'cdcs' sends its secrets to http://", StringComparison.Ordinal)));
        Assert.DoesNotContain(settings.Warnings, warning => warning.Contains("s3cr3t", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_ADisabledDestination_WarnsOfNothing()
    {
        var settings = _bed.WithYaml("destinations: { cdcs: { url: 'http://cdcs.lab.example', token: s3cr3t, enabled: false } }").Load();

        Assert.DoesNotContain(settings.Warnings, warning => warning.Contains("unencrypted", StringComparison.Ordinal));
    }

    public void Dispose() => _bed.Dispose();
}
