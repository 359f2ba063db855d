namespace NexusExport;

/// <summary>Which certificates to trust beyond the operating system's.</summary>
public sealed record TlsSettings
{
    /// <summary>PEM text (NX_CERT_BUNDLE); wins over the file. Null for none.</summary>
    public string? CertBundle { get; init; }

    /// <summary>Path of a PEM file (NX_CERT_BUNDLE_FILE); null for none.</summary>
    public string? CertBundleFile { get; init; }

    /// <summary>Trust any certificate (NX_DISABLE_SSL_VERIFY); false by default. Told with a warning in every run.</summary>
    public bool DisableVerification { get; init; }
}
