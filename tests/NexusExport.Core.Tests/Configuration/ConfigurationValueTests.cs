
namespace NexusExport.Tests.Configuration;

public sealed class ConfigurationValueTests : IDisposable
{
    private readonly ConfigurationBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public void Load_EverySetting_IsRead()
    {
        File.WriteAllText(_bed.InWork("ca.pem"), "");
        File.WriteAllText(_bed.InWork("nexus-experiment.xsd"), "");
        var settings = _bed.WithYaml(
            """
            database: { path: log.db, busy_timeout_ms: 1000 }
            records: { path: records, uploaded: done, schema: nexus-experiment.xsd }
            export:
              strategy: first_success
              throttle_limit: 8
              pipeline: { max_content_length: 2000, default_timeout_ms: 4000, max_retries: 5, max_wait_ms: 6000 }
            tls: { cert_bundle_file: ca.pem, disable_verify: false }
            destinations:
              archive: { type: local, priority: 180, enabled: true, depends_on: [], timeout_ms: 900, base_path: out, conflict: overwrite }
              CDCS:
                enabled: no
                depends_on: [Archive]
                url: https://cdcs.example.org/
                token: env:TOKEN
                workspace: ""
                page_size: 10
            """).With("TOKEN", "s3cr3t").Load();

        Assert.Equal(_bed.Yaml, settings.ConfigFile);
        Assert.Equal(_bed.InWork("log.db"), settings.DatabasePath);
        Assert.Equal(TimeSpan.FromSeconds(1), settings.DatabaseBusyTimeout);
        Assert.Equal(_bed.InWork("records"), settings.RecordsPath);
        Assert.Equal(_bed.InWork("done"), settings.UploadedPath);
        Assert.False(settings.UploadedIsDefault);
        Assert.Equal(_bed.InWork("nexus-experiment.xsd"), settings.SchemaPath);
        Assert.Equal(ExportStrategy.FirstSuccess, settings.Strategy);
        Assert.Equal((8, 2000, 5), (settings.ThrottleLimit, settings.MaxContentLength, settings.MaxAttempts));
        Assert.Equal(TimeSpan.FromSeconds(4), settings.DefaultTimeout);
        Assert.Equal(TimeSpan.FromSeconds(6), settings.MaxWait);
        Assert.Equal(new TlsSettings { CertBundleFile = _bed.InWork("ca.pem") }, settings.Tls);
        Assert.Empty(settings.Warnings);
        Assert.Empty(settings.Notices);

        var archive = settings.Destinations[0];
        Assert.Equal(("archive", "local", 180, true), (archive.Name, archive.Type, archive.Priority, archive.Enabled));
        Assert.Equal(TimeSpan.FromMilliseconds(900), archive.Timeout);
        Assert.Equal((_bed.InWork("out"), "overwrite"), (archive.Text("base_path"), archive.Text("conflict")));
        Assert.Equal($"{_bed.Yaml}:9", archive.Source);

        var cdcs = settings.Destinations[1];
        Assert.Equal(("CDCS", "cdcs", 100, false), (cdcs.Name, cdcs.Type, cdcs.Priority, cdcs.Enabled));
        Assert.Equal(["archive"], cdcs.DependsOn);
        Assert.Null(cdcs.Timeout);
        Assert.Equal("s3cr3t", cdcs.Secret("token")!.Reveal());
        Assert.Equal(string.Empty, cdcs.Text("workspace"));
        Assert.Equal(10, cdcs.Number("page_size"));
        Assert.False(cdcs.Flag("user_owned_records"));
        Assert.False(cdcs.Values.ContainsKey("template"));
    }

    [Theory]
    [InlineData("all", ExportStrategy.All)]
    [InlineData("All", ExportStrategy.All)]
    [InlineData("first_success", ExportStrategy.FirstSuccess)]
    [InlineData("FirstSuccess", ExportStrategy.FirstSuccess)]
    [InlineData("best_effort", ExportStrategy.BestEffort)]
    [InlineData("BestEffort", ExportStrategy.BestEffort)]
    public void Load_Strategy_MayBeSpeltEitherWay(string text, ExportStrategy expected)
    {
        Assert.Equal(expected, _bed.WithYaml($"export: {{ strategy: {text} }}").Load().Strategy);
        Assert.Equal(expected, _bed.WithYaml("").With("NX_EXPORT_STRATEGY", text).Load().Strategy);
    }

    [Fact]
    public void Load_GroupsOfTheSpecificationWithoutEffect_AreAcceptedWithAWarningEach()
    {
        var settings = _bed.WithYaml(
            """
            export:
              templates: { sandbox_enabled: true, cache_ttl_seconds: 300 }
              security: { encryption_algorithm: "AES-256-GCM" }
            """).Load();

        Assert.Equal(
            [
                $"{_bed.Yaml}:2:3: export.templates has no effect in this version",
                $"{_bed.Yaml}:3:3: export.security has no effect in this version",
            ],
            settings.Warnings);
    }

    [Fact]
    public void Load_SettingInSeveralPlaces_EnvironmentBeatsDotEnvBeatsFileBeatsDefault()
    {
        Assert.Equal((ExportStrategy.BestEffort, "default"), Strategy());
        Assert.Equal((ExportStrategy.FirstSuccess, $"{_bed.Yaml}:2"), Strategy(yaml: "export:\n  strategy: first_success\n"));
        Assert.Equal((ExportStrategy.All, ".env NX_EXPORT_STRATEGY"), Strategy(dotEnv: "NX_EXPORT_STRATEGY=all"));
        Assert.Equal((ExportStrategy.BestEffort, "environment NX_EXPORT_STRATEGY"), Strategy(variable: "best_effort"));
        Assert.Equal((ExportStrategy.All, ".env NX_EXPORT_STRATEGY"), Strategy(variable: string.Empty));

        (ExportStrategy, string) Strategy(string? yaml = null, string? dotEnv = null, string? variable = null)
        {
            _ = yaml is null ? _bed : _bed.WithYaml(yaml);
            _ = dotEnv is null ? _bed : _bed.WithDotEnv(dotEnv);
            _ = variable is null ? _bed : _bed.With("NX_EXPORT_STRATEGY", variable);
            var settings = _bed.Load();
            return (settings.Strategy, settings.Values.Single(value => value.Name is "export.strategy").Source);
        }
    }

    [Fact]
    public void Values_OfALoadedConfiguration_NameEverySettingOnceWithItsSource()
    {
        var settings = _bed.WithYaml("destinations:\n  cdcs:\n    url: https://lab:pa55word@cdcs.example.org/\n    token: plain-secret\n")
            .With("NX_CDCS_USER_OWNED_RECORDS", "true")
            .Load();

        Assert.Equal(settings.Values.Count, settings.Values.DistinctBy(value => value.Name, StringComparer.Ordinal).Count());
        Assert.Equal(new ExportSetting("destinations.cdcs.url", "https://***@cdcs.example.org/", $"{_bed.Yaml}:3"), Value("url"));
        Assert.Equal(new ExportSetting("destinations.cdcs.token", "***", $"{_bed.Yaml}:4"), Value("token"));
        Assert.Equal(new ExportSetting("destinations.cdcs.user_owned_records", true, "environment NX_CDCS_USER_OWNED_RECORDS"), Value("user_owned_records"));
        Assert.Equal(new ExportSetting("destinations.cdcs.template", null, "default"), Value("template"));
        Assert.Equal(new ExportSetting("destinations.cdcs.priority", 100L, "default"), Value("priority"));
        Assert.Equal("https://lab:pa55word@cdcs.example.org/", settings.Destinations[0].Text("url"));

        ExportSetting Value(string name) => settings.Values.Single(value => value.Name == "destinations.cdcs." + name);
    }
}
