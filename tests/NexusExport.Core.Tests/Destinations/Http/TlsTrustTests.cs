using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NexusExport.Destinations.Cdcs;
using NexusExport.Fakes.Cdcs;

namespace NexusExport.Tests.Destinations.Http;

public sealed class TlsTrustTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly X509Certificate2 _certificate = TestCertificate.SelfSigned("127.0.0.1");

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Call_CertificateUnknown_IsATlsFault()
    {
        var fault = await FaultOf(new TlsSettings());

        Assert.Equal(ExportErrorCode.TlsFailed, fault?.Code);
        Assert.False(fault?.Recoverable);
    }

    [Fact]
    public async Task Call_CertificateInTheBundle_IsTrusted() =>
        Assert.Null(await FaultOf(new TlsSettings { CertBundle = _certificate.ExportCertificatePem() }));

    [Fact]
    public async Task Call_CertificateInTheBundleFile_IsTrusted() =>
        Assert.Null(await FaultOf(new TlsSettings { CertBundleFile = _folder.Write("ca.pem", _certificate.ExportCertificatePem()) }));

    [Fact]
    public async Task Call_OtherCertificateInTheBundle_IsATlsFaultWithTheReason()
    {
        using var other = TestCertificate.SelfSigned("127.0.0.1");

        var fault = await FaultOf(new TlsSettings { CertBundle = other.ExportCertificatePem() });

        Assert.Equal(ExportErrorCode.TlsFailed, fault?.Code);
        Assert.Contains("configured bundle", fault?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_TrustedCertificateOfAnotherHost_IsATlsFault()
    {
        using var elsewhere = TestCertificate.SelfSigned("127.0.0.2");

        var fault = await FaultOf(new TlsSettings { CertBundle = elsewhere.ExportCertificatePem() }, elsewhere);

        Assert.Equal(ExportErrorCode.TlsFailed, fault?.Code);
        Assert.Contains("NameMismatch", fault?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_VerificationDisabled_TrustsAnything() => Assert.Null(await FaultOf(new TlsSettings { DisableVerification = true }));

    [Theory]
    [InlineData("no certificate here")]
    [InlineData("-----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----")]
    [InlineData(null)]
    public void ValidateConfiguration_BundleThatIsNone_IsAFault(string? content)
    {
        var path = content is null ? Path.Combine(_folder.Path, "missing.pem") : _folder.Write("bad.pem", content);

        var fault = Assert.Single(Destination("https://127.0.0.1", new TlsSettings { CertBundleFile = path }).ValidateConfiguration());

        Assert.Equal(ExportErrorCode.ConfigurationInvalid, fault.Code);
        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
    }

    private async Task<ExportFault?> FaultOf(TlsSettings tls, X509Certificate2? served = null)
    {
        await using var server = await FakeCdcs.StartAsync(new FakeCdcsOptions { Certificate = served ?? _certificate });
        await using var destination = Destination(server.BaseUrl, tls);
        try
        {
            await destination.TestConnectionAsync(default);
            return null;
        }
        catch (ExportException ex)
        {
            return ex.Fault;
        }
    }

    private static CdcsDestination Destination(string url, TlsSettings tls) => new(
        new DestinationSettings
        {
            Name = "cdcs",
            Type = "cdcs",
            Priority = 100,
            Values = new Dictionary<string, object>(StringComparer.Ordinal) { ["url"] = url, ["token"] = new SecretText(new FakeCdcsOptions().Token) },
        },
        new DestinationServices { Tls = tls });
}
