using System.Text;

namespace NexusExport.Tests.Configuration;

public sealed class ConfigurationErrorTests : IDisposable
{
    private readonly ConfigurationBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Theory]
    [InlineData("export:\n  stratgy: all\n", "2:3: unknown key 'stratgy' in 'export'; did you mean 'strategy'?")]
    [InlineData("export:\n  throttleLimit: 2\n", "2:3: unknown key 'throttleLimit' in 'export'; did you mean 'throttle_limit'?")]
    [InlineData("export:\n  throttle-limit: 2\n", "2:3: unknown key 'throttle-limit' in 'export'; did you mean 'throttle_limit'?")]
    [InlineData("databse: {}\n", "1:1: unknown key 'databse'; did you mean 'database'?")]
    [InlineData("tls: { colour: red }\n", "1:8: unknown key 'colour' in 'tls'; known: cert_bundle_file, disable_verify")]
    [InlineData("export: { pipeline: { max_retry: 1 } }\n", "1:23: unknown key 'max_retry' in 'export.pipeline'; did you mean 'max_retries'?")]
    [InlineData("export: { throttle_limit: many }\n", "1:27: export.throttle_limit must be a whole number from 1 to 256")]
    [InlineData("export: { throttle_limit: 0 }\n", "1:27: export.throttle_limit must be a whole number from 1 to 256")]
    [InlineData("export: { throttle_limit: 1.5 }\n", "1:27: export.throttle_limit must be a whole number from 1 to 256")]
    [InlineData("export: { throttle_limit: [1] }\n", "1:27: 'throttle_limit' must be a single value, not a list")]
    [InlineData("export: all\n", "1:9: 'export' must be a group of settings, not a single value")]
    [InlineData("export: { strategy: best_effrt }\n", "1:21: export.strategy must be one of all, first_success, best_effort; did you mean 'best_effort'?")]
    [InlineData("tls: { disable_verify: perhaps }\n", "1:24: tls.disable_verify must be true or false")]
    [InlineData("destinations:\n  a: { type: locl }\n", "2:14: unknown destination type 'locl'; did you mean 'local'?")]
    [InlineData("destinations:\n  archive: {}\n", "2:3: the destination 'archive' needs a type; known: cdcs, local")]
    [InlineData("destinations:\n  local: { base-path: x }\n", "2:12: unknown key 'base-path' in the local destination 'local'; did you mean 'base_path'?")]
    [InlineData("destinations:\n  local: { priority: 1001 }\n", "2:22: priority must be a whole number from 0 to 1000")]
    [InlineData("destinations:\n  local: { conflict: uniqe }\n", "2:22: conflict must be one of unique, overwrite; did you mean 'unique'?")]
    [InlineData("destinations:\n  local: {}\n  LOCAL: {}\n", "3:3: there are two destinations named 'LOCAL' (case does not count)")]
    [InlineData("destinations:\n  local: { depends_on: [locl] }\n", "2:25: 'local' depends on 'locl', which is no destination; did you mean 'local'?")]
    [InlineData("destinations:\n  local: { depends_on: local }\n", "2:24: destinations depend on each other in a circle: local → local; remove one of these dependencies")]
    [InlineData("destinations:\n  local: { depends_on: ['locl?'] }\n", "2:25: 'local' depends on 'locl', which is no destination; did you mean 'local'?")]
    [InlineData("destinations:\n  cdcs: { url: ftp://x }\n", "2:16: url must be an address that begins with https:// or http://")]
    [InlineData("export: {}\nexport: {}\n", "2:1: the key 'export' is given twice")]
    [InlineData("a: &x 1\n", "1:4: YAML anchors (&name) are not supported; write the value out where it is needed")]
    [InlineData("a: !tag 1\n", "1:4: YAML tags (!name) are not supported")]
    [InlineData("- a\n", "1:1: the file must hold settings (key: value), not a list")]
    [InlineData("export: {}\n---\nexport: {}\n", "2:1: the file holds a second YAML document; settings belong into the first")]
    public void Load_BadFile_IsToldWithLineAndColumn(string yaml, string expected)
    {
        var error = Assert.Single(_bed.WithYaml(yaml).Errors());

        Assert.Equal($"{_bed.Yaml}:{expected}", error);
    }

    [Theory]
    [InlineData("export:\n  strategy: [all\n")]
    [InlineData("export:\n\tstrategy: all\n")]
    [InlineData("export: 'all\n")]
    [InlineData("a: *x\n")]
    public void Load_TextThatIsNoYaml_IsToldWithALine(string yaml) =>
        Assert.Matches("nexus-export.yaml:[1-3]:[0-9]+: [^ ]", Assert.Single(_bed.WithYaml(yaml).Errors()));

    [Fact]
    public void Load_SeveralErrors_AreToldTogether()
    {
        var errors = _bed
            .WithYaml("export: { strategy: some, colour: red }\ndestinations:\n  b/c: { type: local }\n  cdcs: { url: x, tokn: s3cr3t }\n")
            .With("NX_DISABLE_SSL_VERIFY", "perhaps")
            .Errors();

        Assert.Equal(6, errors.Length);
        Assert.Contains("environment variable NX_DISABLE_SSL_VERIFY: tls.disable_verify must be true or false", errors, StringComparer.Ordinal);
        Assert.DoesNotContain(errors, error => error.Contains("s3cr3t", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_DependenciesInACircle_AreOneErrorThatNamesAll()
    {
        var errors = _bed
            .WithYaml("destinations:\n  a: { type: local, depends_on: [b?] }\n  b: { type: local, depends_on: [C] }\n  c: { type: local, depends_on: [a] }\n")
            .Errors();

        Assert.EndsWith(":2:34: destinations depend on each other in a circle: a → b → c → a; remove one of these dependencies", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ADependencyThatWouldRunLater_IsAnErrorWithTheFix()
    {
        var error = Assert.Single(_bed.WithYaml("destinations:\n  a: { type: local, priority: 60, depends_on: [b] }\n  b: { type: local }\n").Errors());

        Assert.EndsWith(
            ":2:48: 'a' (priority 60) depends on 'b' (priority 50), which would run after it; "
            + "give 'b' a priority of 60 or more, or 'a' one of 50 or less",
            error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ADisabledDependency_IsAWarningUnlessItIsOptional()
    {
        var settings = _bed
            .WithYaml("destinations:\n  a: { type: local, base_path: a, depends_on: [c] }\n  b: { type: local, base_path: b, depends_on: [c?] }\n  c: { type: local, enabled: false }\n")
            .Load();

        Assert.Contains("'a' depends on 'c', which is disabled", Assert.Single(settings.Warnings), StringComparison.Ordinal);
        Assert.Equal(["c?"], settings.Destinations[1].DependsOn);
    }

    [Theory]
    [InlineData("records: { schema: missing.xsd }", "1:20: records.schema names the file ")]
    [InlineData("tls: { cert_bundle_file: missing.pem }", "1:26: tls.cert_bundle_file names the file ")]
    public void Load_MissingFileThatASettingNames_IsAnError(string yaml, string expected) =>
        Assert.StartsWith($"{_bed.Yaml}:{expected}", Assert.Single(_bed.WithYaml(yaml).Errors()), StringComparison.Ordinal);

    [Fact]
    public void Load_DeeplyNestedText_IsRefusedBeforeItIsRead()
    {
        var error = Assert.Single(_bed.WithYaml("a: " + new string('[', 100_000)).Errors());

        Assert.EndsWith("settings are nested more than 32 levels deep", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_HugeFile_IsRefused()
    {
        var error = Assert.Single(_bed.WithYaml("# " + new string('x', 1_000_000)).Errors());

        Assert.EndsWith("the file is larger than 1000000 bytes", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ByteOrderMarkAndWindowsLineBreaks_AreFine()
    {
        File.WriteAllText(_bed.Yaml, "export:\r\n  strategy:\tall\t# every one\r\n  throttle_limit: 2\r\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        var settings = _bed.Load();

        Assert.Equal((ExportStrategy.All, 2), (settings.Strategy, settings.ThrottleLimit));
    }

    [Fact]
    public void Load_Utf16File_IsRead()
    {
        File.WriteAllText(_bed.Yaml, "export: { throttle_limit: 7 }", Encoding.Unicode);

        Assert.Equal(7, _bed.Load().ThrottleLimit);
    }
}
