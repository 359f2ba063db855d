using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NexusExport.Configuration.Sources;

namespace NexusExport.Destinations.Http;

/// <summary>Decides which servers are trusted: the operating system's authorities, and those of the configured bundle in addition.</summary>
internal sealed class TlsTrust
{
    private readonly X509Certificate2Collection _bundle;

    private TlsTrust(X509Certificate2Collection bundle) => _bundle = bundle;

    /// <summary>What is wrong with the settings; null when nothing is.</summary>
    public static ExportFault? Check(TlsSettings settings)
    {
        try
        {
            Load(settings);
            return null;
        }
        catch (ExportException ex)
        {
            return ex.Fault;
        }
    }

    /// <summary>The check to use in place of the system's own; null where that one is enough. Throws CONFIGURATION_INVALID.</summary>
    [SuppressMessage("Security", "CA5359", Justification = "NX_DISABLE_SSL_VERIFY asks for it, and every run warns of it.")]
    public static RemoteCertificateValidationCallback? Callback(TlsSettings settings)
    {
        if (settings.DisableVerification)
        {
            return (_, _, _, _) => true;
        }

        return Load(settings) is { Count: > 0 } bundle ? new TlsTrust(bundle).Validate : null;
    }

    private static X509Certificate2Collection Load(TlsSettings settings)
    {
        var certificates = new X509Certificate2Collection();
        var source = settings.CertBundle is not null ? "NX_CERT_BUNDLE" : $"NX_CERT_BUNDLE_FILE ({settings.CertBundleFile})";
        try
        {
            var pem = settings.CertBundle ?? (settings.CertBundleFile is { } file ? TextFile.Read(file) : null);
            if (pem is null)
            {
                return certificates;
            }

            certificates.ImportFromPem(pem);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Invalid($"The certificates of {source} cannot be read: {ex.Message}", ex);
        }

        return certificates.Count > 0 ? certificates : throw Invalid($"{source} holds no certificate in PEM form.", null);
    }

    private static ExportException Invalid(string message, Exception? inner) => new(
        new ExportFault(ExportErrorCode.ConfigurationInvalid, message)
        {
            RecommendedAction = "Name a readable file of PEM certificates (-----BEGIN CERTIFICATE-----), or remove the setting.",
        },
        inner);

    private bool Validate(object sender, X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null)
        {
            // Thrown rather than answered with false, because this is the only way to say why.
            throw new AuthenticationException($"the server's certificate does not fit ({errors})");
        }

        using var leaf = new X509Certificate2(certificate);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_bundle);
        chain.ChainPolicy.ExtraStore.AddRange(_bundle);
        chain.ChainPolicy.ExtraStore.AddRange(presented?.ChainElements.Select(element => element.Certificate).ToArray() ?? []);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        if (chain.Build(leaf))
        {
            return true;
        }

        var reasons = string.Join(", ", chain.ChainStatus.Select(status => status.Status));
        throw new AuthenticationException($"neither this system nor the configured bundle trusts the server's certificate ({reasons})");
    }
}
