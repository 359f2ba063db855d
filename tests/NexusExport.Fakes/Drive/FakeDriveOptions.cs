namespace NexusExport.Fakes.Drive;

/// <summary>How a fake Drive behaves.</summary>
public sealed record FakeDriveOptions : FakeServerOptions
{
    /// <summary>The refresh token that is good.</summary>
    public string RefreshToken { get; init; } = "1//fake-refresh-token";

    /// <summary>The OAuth client's secret.</summary>
    public string ClientSecret { get; init; } = "GOCSPX-fake-client-secret";

    /// <summary>Public key of the service account, PEM; null where there is none.</summary>
    public string? ServiceAccountKey { get; init; }

    /// <summary>Lifetime of the access tokens, in seconds.</summary>
    public int TokenSeconds { get; init; } = 3600;

    /// <summary>Whether the folder lies in a shared drive.</summary>
    public bool Shared { get; init; }

    /// <summary>Whether the account may put files into the folder.</summary>
    public bool Writable { get; init; } = true;

    /// <summary>Whether searches see nothing, as they do for a moment after a write.</summary>
    public bool SearchLags { get; init; }

    /// <summary>Whether uploads lose their last byte on the way.</summary>
    public bool Truncates { get; init; }

    /// <summary>How a list's pages go on.</summary>
    public FakeDrivePages Pages { get; init; }

    /// <summary>Takes these members out of every file that is described.</summary>
    public IReadOnlyList<string> Untold { get; init; } = [];
}
