
namespace NexusExport.Tests.Configuration;

public sealed class DestinationSecretTests : IDisposable
{
    private readonly ConfigurationBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public void Load_VariableReference_LooksInTheEnvironmentThenInDotEnv()
    {
        _bed.WithDotEnv("TOKEN=from-file\n");
        Assert.Equal("from-file", Reveal("env:TOKEN"));

        _bed.With("TOKEN", "from-environment");
        Assert.Equal("from-environment", Reveal("env:TOKEN"));
    }

    [Fact]
    public void Load_FileReference_IsReadWithoutItsLastLineBreak()
    {
        File.WriteAllText(_bed.InWork("token.txt"), " s3cr3t \r\n");

        Assert.Equal(" s3cr3t ", Reveal("file:token.txt"));
    }

    [Fact]
    public void Load_VaultReference_AsksTheVaultOnlyWhenNeeded()
    {
        var asked = new List<(string, string)>();
        _bed.Vault = (vault, name) =>
        {
            asked.Add((vault, name));
            return "from-vault";
        };

        var secret = Destination("secret:Lab/cdcs/token").Secret("token")!;

        Assert.Empty(asked);
        Assert.Equal("from-vault", secret.Reveal());
        Assert.Equal("from-vault", secret.Reveal());
        Assert.Equal(("Lab", "cdcs/token"), Assert.Single(asked));
    }

    [Fact]
    public void Load_VaultWithoutTheEntry_IsSecretUnavailableWhenRevealed()
    {
        _bed.Vault = (_, _) => null;

        var fault = Assert.Throws<ExportException>(() => Reveal("secret:Lab/cdcs")).Fault;

        Assert.Equal((ExportErrorCode.SecretUnavailable, "The vault Lab has no secret named cdcs."), (fault.Code, fault.Message));
    }

    [Theory]
    [InlineData("env:MISSING", "the variable MISSING is not set")]
    [InlineData("file:missing.txt", "missing.txt does not exist")]
    [InlineData("secret:Lab/cdcs", "Microsoft.PowerShell.SecretManagement")]
    [InlineData("secret:cdcs", "secret:VAULT/NAME")]
    public void Load_ReferenceToNothing_IsAFaultOfThatDestinationOnly(string reference, string expected)
    {
        var settings = _bed.WithYaml($"destinations:\n  local: {{}}\n  cdcs:\n    url: https://x.org/\n    token: {reference}\n").Load();

        var fault = Assert.Single(settings.Destinations[1].Faults);
        Assert.Equal(ExportErrorCode.SecretUnavailable, fault.Code);
        Assert.StartsWith($"{_bed.Yaml}:5:12: 'token' of 'cdcs': ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Empty(settings.Destinations[0].Faults);
        Assert.Equal(
            ExportErrorCode.SecretUnavailable,
            Assert.Throws<ExportException>(() => settings.Destinations[1].Secret("token")!.Reveal()).Fault.Code);
    }

    [Fact]
    public void Load_MissingRequiredSetting_IsAFaultOfThatDestinationOnly()
    {
        var settings = _bed.WithYaml("destinations:\n  local: {}\n  cdcs: { url: https://x.org/ }\n").Load();

        var fault = Assert.Single(settings.Destinations[1].Faults);
        Assert.Equal($"{_bed.Yaml}:3:3: the destination 'cdcs' needs the setting 'token' (or the variable NX_CDCS_TOKEN)", fault.Message);
    }

    [Fact]
    public void Load_DisabledDestination_IsNotJudged()
    {
        var settings = _bed.WithYaml("destinations:\n  cdcs: { enabled: false, token: env:MISSING }\n").Load();

        Assert.Empty(Assert.Single(settings.Destinations).Faults);
    }

    [Fact]
    public void Load_PlainSecretInTheFile_IsAcceptedWithAWarning()
    {
        var settings = _bed.WithYaml("destinations:\n  cdcs: { url: https://x.org/, token: s3cr3t }\n").Load();

        Assert.Equal("s3cr3t", settings.Destinations[0].Secret("token")!.Reveal());
        Assert.Equal($"{_bed.Yaml}:2:39: the secret 'token' of 'cdcs' stands in the file for all to read; write env:NAME instead", Assert.Single(settings.Warnings));
    }

    [Fact]
    public void Load_SecretInAVariable_IsTakenAsItIs()
    {
        var settings = _bed.With("NX_CDCS_URL", "https://x.org/").With("NX_CDCS_TOKEN", "env:LITERAL").Load();

        Assert.Equal("env:LITERAL", settings.Destinations[0].Secret("token")!.Reveal());
    }

    private string Reveal(string reference) => Destination(reference).Secret("token")!.Reveal();

    private DestinationSettings Destination(string reference)
    {
        var destination = _bed.WithYaml($"destinations:\n  cdcs: {{ url: https://x.org/, token: '{reference}' }}\n").Load().Destinations[0];
        Assert.Empty(destination.Faults);
        return destination;
    }
}
