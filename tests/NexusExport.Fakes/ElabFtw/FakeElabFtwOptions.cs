namespace NexusExport.Fakes.ElabFtw;

/// <summary>How a fake eLabFTW is set up.</summary>
public sealed record FakeElabFtwOptions : FakeServerOptions
{
    /// <summary>The API key; it begins with its own number.</summary>
    public string Key { get; init; } = "12-0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e";

    /// <summary>The key may only read.</summary>
    public bool ReadOnlyKey { get; init; }

    /// <summary>Keys are not listed, as in older versions.</summary>
    public bool KeysUnlisted { get; init; }

    /// <summary>The team demands a template for experiments and resources.</summary>
    public bool TemplateDemanded { get; init; }

    /// <summary>Only admins make new tags; <see cref="TeamTags"/> are there.</summary>
    public bool NewTagsForbidden { get; init; }

    /// <summary>Tags that the team has.</summary>
    public IReadOnlyList<string> TeamTags { get; init; } = [];

    /// <summary>PHP's limit for a file: what is larger is dropped on the way in.</summary>
    public int MaxUploadBytes { get; init; } = 100 * 1024 * 1024;

    /// <summary>The limit of the proxy in front: what is larger is answered by it, with a page.</summary>
    public int MaxProxyBytes { get; init; } = int.MaxValue;

    /// <summary>Files are not hashed, as very large ones are not.</summary>
    public bool WithoutHashes { get; init; }

    /// <summary>How many of the next files lose their last byte on the way.</summary>
    public int CutUploads { get; init; }

    /// <summary>What the server believes its own address to be.</summary>
    public string SiteUrl { get; init; } = "https://elab.internal.invalid";
}
