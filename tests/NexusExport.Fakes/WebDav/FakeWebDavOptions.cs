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

    /// <summary>
    /// Which spellings of the Destination header it takes; null for the whole address by which it was called and the path alone, as lighttpd
    /// does. Others are <see cref="DestinationRefusal"/>.
    /// </summary>
    public Predicate<string>? TakesDestination { get; init; }

    /// <summary>How it refuses a Destination that it does not take for its own: 400 (lighttpd, nginx) or 502 (Apache).</summary>
    public int DestinationRefusal { get; init; } = 502;

    /// <summary>Whether it knows If-None-Match; else it overwrites all the same, as nginx does.</summary>
    public bool KnowsConditions { get; init; } = true;

    /// <summary>Whether it wraps the refusal of a MOVE to a name that is taken in a 207, as nephele does.</summary>
    public bool RefusesIn207 { get; init; }

    /// <summary>Whether its disk is full: it says 201 and stores nothing, as sabre/dav does.</summary>
    public bool IsFull { get; init; }

    /// <summary>What it asks for with a 401; null for nothing.</summary>
    public string? Challenge { get; init; }

    /// <summary>Whether uploads lose their last byte on the way.</summary>
    public bool Truncates { get; init; }

    /// <summary>Free bytes that it tells of; null for a server that does not.</summary>
    public long? Available { get; init; }
}
