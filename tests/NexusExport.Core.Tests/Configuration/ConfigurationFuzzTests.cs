using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NexusExport.Configuration;
using NexusExport.Destinations;
using Xunit.Abstractions;

namespace NexusExport.Tests.Configuration;

/// <summary>
/// Whatever a configuration file holds, it is read or refused with the place of the mistake. NEXUSEXPORT_TEST_MUTATIONS tries more of them,
/// NEXUSEXPORT_TEST_SEED others.
/// </summary>
public sealed partial class ConfigurationFuzzTests(ITestOutputHelper log) : IDisposable
{
    private static readonly string[] YamlTokens =
    [
        ": ", "- ", "? ", "&a ", "*a", "!!int ", "!x ", "!<tag:x> ", "! ", "%YAML 1.2\n---", "%YAML 9.9\n", "%TAG ! tag:x,2000:\n", "---\n", "...\n", "|", "|9", "|-\n",
        ">+2\n", "{", "}", "[", "]", ",", "#", " #", "@", "`", "<<: *a", "<<: {a: 1}", "\"", "'", "\\", "{a: b}", "[a, b]", "a: b: c", "key", "destinations:", "  x:\n    type: local",
        "type: nothing", "priority: 1001", "depends_on: [x, y?]", "export:", "database: []", "token: env:NOTHING", "file:", "secret:a/b", "~/", "\\\\server\\share", "http://[",
        "https://user:pass@host:99999/", "rate_limit: none", "timeout_ms: 0", "path: \"\\0\"", "path: \"\\ud800\"", "\u0001",
    ];

    private readonly TempFolder _folder = new();

    [Fact]
    public void Open_AnyDamage_IsReadOrRefusedWithItsPlace()
    {
        var original = Encoding.UTF8.GetBytes(Original());
        for (var number = 0; number < Mutations; number++)
        {
            var damaged = new Mutator(Seed + number, YamlTokens).Damage(original);
            var file = _folder["lab.yaml"];
            File.WriteAllBytes(file, damaged);
            var error = Open(file);

            if (error is not null && !Placed().IsMatch(error))
            {
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"NEXUSEXPORT_TEST_SEED={Seed + number} gives:\n{error}\nfor:\n{Encoding.UTF8.GetString(damaged)}"));
            }
        }
    }

    [Fact]
    public void Open_AnyDotEnv_IsRead()
    {
        var original = "# lab\nNX_CDCS_URL=https://cdcs.example.org\nexport NX_CDCS_TOKEN='a\\'b'\nNX_RECORDS_PATH=\"${HOME}/x\\n\"\nNX_EXPORT_STRATEGY=all # comment\n"u8.ToArray();
        for (var number = 0; number < Mutations; number++)
        {
            File.WriteAllBytes(_folder[".env"], new Mutator(Seed + number, ["=", "'", "\"", "${", "${A:-", "export ", "#", "\\", "\\'", "A=", "'A'='", "\n\n"]).Damage(original));
            var error = Open(null);

            Assert.True(error is null || Placed().IsMatch(error) || error.StartsWith("CONFIGURATION_INVALID environment", StringComparison.Ordinal), $"{Seed + number}: {error}");
        }
    }

    public void Dispose() => _folder.Dispose();

    private static int Mutations => Setting("MUTATIONS", 2000);

    private static int Seed => Setting("SEED", 20260123);

    private static int Setting(string name, int value) =>
        int.TryParse(Environment.GetEnvironmentVariable("NEXUSEXPORT_TEST_" + name), CultureInfo.InvariantCulture, out var set) ? set : value;

    private static string Original() => ConfigurationStarter.Text(BuiltInDestinations.All) + """

          second:
            type: cdcs
            url: https://cdcs.example.org/
            token: env:LAB_TOKEN
            depends_on: [local]
            timeout_ms: 5000
            rate_limit: { requests: 10, window_seconds: 60 }
          third: { type: webdav, url: "https://dav.example.org/\u00b5", username: lab, password: 'it''s' }
        """;

    /// <summary>Null, or the code and the message.</summary>
    private string? Open(string? file)
    {
        try
        {
            var environment = new HostEnvironment(_folder.Path, new Dictionary<string, string>(StringComparer.Ordinal), _folder["user"], _folder["machine"]);
            var engine = ExportEngine.Open(new EngineOptions { ConfigPath = file, Environment = environment });
            engine.Destinations.Describe();
            engine.DisposeAsync().AsTask().GetAwaiter().GetResult();
            return null;
        }
        catch (ExportException exception)
        {
            log.WriteLine(exception.Message.Split('\n')[0]);
            return $"{exception.Fault.Code} {exception.Message}";
        }
        catch (Exception exception)
        {
            return exception.ToString();
        }
    }

    [GeneratedRegex(@"\ACONFIGURATION_INVALID ([^\n]*(lab\.yaml|\.env):[1-9][0-9]*:[1-9][0-9]*: [^\n]+(\n|\z))+(… and [0-9]+ more)?\z", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Placed();
}
