namespace NexusExport;

/// <summary>Which certificates to trust beyond the operating system's.</summary>
public sealed record TlsSettings
{
    /// <summary>PEM text (NX_CERT_BUNDLE); wins over the file.</summary>
    public string? CertBundle { get; init; }

    /// <summary>Path of a PEM file (NX_CERT_BUNDLE_FILE).</summary>
    public string? CertBundleFile { get; init; }

    /// <summary>Trust any certificate (NX_DISABLE_SSL_VERIFY). Told with a warning in every run.</summary>
    public bool DisableVerification { get; init; }
}
