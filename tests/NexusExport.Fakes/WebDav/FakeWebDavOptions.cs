namespace NexusExport.Fakes.WebDav;

/// <summary>How a fake WebDAV server behaves.</summary>
public sealed record FakeWebDavOptions : FakeServerOptions
{
    public string Username { get; init; } = "lab";

    public string Password { get; init; } = "fake-dav-Pässword";

    /// <summary>Bearer token that is accepted too.</summary>
    public string Token { get; init; } = "fake-dav-token";

    /// <summary>Whether it knows MOVE; else that is 501.</summary>
    public bool CanMove { get; init; } = true;

    /// <summary>Whether uploads lose their last byte on the way.</summary>
    public bool Truncates { get; init; }

    /// <summary>Free bytes that it tells of; null for a server that does not.</summary>
    public long? Available { get; init; }
}
