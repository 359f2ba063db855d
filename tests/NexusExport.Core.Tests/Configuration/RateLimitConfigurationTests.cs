using NexusExport.Configuration;
using NexusExport.Destinations;

namespace NexusExport.Tests.Configuration;

public sealed class RateLimitConfigurationTests : IDisposable
{
    private readonly ConfigurationBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public void Load_LimitsOfTheSpecification_HoldForEveryDestinationOfTheTypeThatHasNoneOfItsOwn()
    {
        var settings = Load(
            """
            export:
              destinations:
                rate_limits:
                  local: { requests: 20, window_seconds: 100 }
            destinations:
              local: {}
              own: { type: local, base_path: own, rate_limit: { requests: 3, window_seconds: 1 } }
              free: { type: local, base_path: free, rate_limit: none, write_rate_limit: [{ requests: 1, window_seconds: 1 }, { requests: 500, window_seconds: 3600 }] }
            """);

        Assert.Empty(settings.Warnings);
        Assert.Equal(("20 in 100 s", null), Limits(settings, "local"));
        Assert.Equal(("3 in 1 s", null), Limits(settings, "own"));
        Assert.Equal((null, "1 in 1 s, 500 in 3600 s"), Limits(settings, "free"));
        Assert.Equal(new ExportSetting("destinations.local.rate_limit", "20 in 100 s", $"{_bed.Yaml}:4"), Value(settings, "local.rate_limit"));
        Assert.Equal(new ExportSetting("destinations.own.rate_limit", "3 in 1 s", $"{_bed.Yaml}:7"), Value(settings, "own.rate_limit"));
        Assert.Equal(new ExportSetting("destinations.local.write_rate_limit", null, "default"), Value(settings, "local.write_rate_limit"));
    }

    [Theory]
    [InlineData("https://api.github.com", "5000 in 3600 s", "1 in 1 s, 500 in 3600 s")]
    [InlineData("https://api.lab.ghe.com", "5000 in 3600 s", "1 in 1 s, 500 in 3600 s")]
    [InlineData("https://github.lab.example/api/v3", null, null)]
    public void Load_GitHub_HasTheDocumentedLimitsWhereGitHubItselfAnswers(string url, string? requests, string? writes)
    {
        var settings = Load($"destinations:\n  github: {{ repository: lab/records, token: env:TOKEN, api_url: '{url}' }}\n", BuiltInDestinations.All);

        Assert.Equal((requests, writes), Limits(settings, "github"));
        Assert.Equal(1, settings.Destinations[0].Limits.AtOnce);
    }

    [Fact]
    public void Load_OtherTypes_HaveTheDefaultsThatMakeSense()
    {
        var settings = Load("destinations:\n  drive: { folder_id: x, credentials: env:KEY }\n  local: {}\n  tidb: {}\n  cdcs: {}\n", BuiltInDestinations.All);

        Assert.Equal(("1000 in 100 s", null), Limits(settings, "drive"));
        Assert.All(["local", "tidb", "cdcs"], name => Assert.Equal((null, null), Limits(settings, name)));
    }

    [Fact]
    public void Load_TypeWhoseLimitsThrow_IsFaultyAlone()
    {
        var broken = new DestinationType("broken", 1, [], (_, _) => throw new InvalidOperationException()) { Limits = _ => throw new InvalidOperationException("No luck.") };

        var settings = Load("destinations:\n  broken: {}\n  local: {}\n", [.. _bed.Types, broken]);

        Assert.Contains("No luck.", Assert.Single(settings.Destinations[0].Faults).Message, StringComparison.Ordinal);
        Assert.Empty(settings.Destinations[1].Faults);
    }

    [Theory]
    [InlineData("5", "'rate_limit' must be a group of requests and window_seconds, a list of such groups, or none", 24)]
    [InlineData("[5]", "'rate_limit' must be a group of requests and window_seconds, a list of such groups, or none", 25)]
    [InlineData("{ requests: 5 }", "'rate_limit' needs 'window_seconds'", 24)]
    [InlineData("{ requests: 5, window_seconds: 0 }", "window_seconds must be a whole number from 1 to 86400", 55)]
    [InlineData("{ requests: many, window_seconds: 1 }", "requests must be a whole number from 1 to 1000000", 36)]
    [InlineData("{ requests: 5, window_seconds: 1, window: 1 }", "unknown key 'window' in 'rate_limit'; known: requests, window_seconds", 58)]
    public void Load_LimitThatIsNone_IsToldWithLineAndColumn(string limit, string expected, int column) =>
        Assert.Equal($"{_bed.Yaml}:2:{column}: {expected}", Assert.Single(_bed.WithYaml($"destinations:\n  local: {{ rate_limit: {limit} }}\n").Errors()));

    [Theory]
    [InlineData("rate_limits: { locl: none }", "1:42: unknown destination type 'locl' in 'export.destinations.rate_limits'; did you mean 'local'?")]
    [InlineData("rate_limits: 5", "1:40: 'rate_limits' must be a group of settings, not a single value")]
    [InlineData("rate_limit: {}", "1:27: unknown key 'rate_limit' in 'export.destinations'; did you mean 'rate_limits'?")]
    public void Load_LimitsOfTypesThatAreNone_AreToldWithLineAndColumn(string text, string expected) =>
        Assert.Equal($"{_bed.Yaml}:{expected}", Assert.Single(_bed.WithYaml($"export: {{ destinations: {{ {text} }} }}\n").Errors()));

    private static (string? Requests, string? Writes) Limits(ExportSettings settings, string name)
    {
        var limits = settings.Destinations.Single(destination => destination.Name == name).Limits;
        return (Text(limits.Requests), Text(limits.Writes));

        static string? Text(IReadOnlyList<RateLimit> all) => all.Count == 0 ? null : string.Join(", ", all);
    }

    private static ExportSetting Value(ExportSettings settings, string name) => settings.Values.Single(value => value.Name == "destinations." + name);

    private ExportSettings Load(string yaml, IReadOnlyCollection<DestinationType>? types = null)
    {
        _bed.WithYaml(yaml);
        return LoadConfiguration.From(null, _bed.Environment, types ?? _bed.Types, null);
    }
}
