namespace NexusExport.Fakes.Cdcs;

/// <summary>A route of a fake CDCS.</summary>
/// <param name="Allow">Its methods, as the server lists them.</param>
/// <param name="Answer">What it answers an account, null for a visitor; the request's method is among those of <paramref name="Allow"/>.</param>
internal sealed record FakeCdcsRoute(string Allow, Func<FakeCdcsAccount?, FakeAnswer> Answer)
{
    /// <summary>Whether a visitor without a token is let in, to what everybody may read.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether only superusers are let in.</summary>
    public bool IsForSuperusers { get; init; }

    /// <summary>Whether the address ends with a slash: without one it is 301, or 404 where there must be none.</summary>
    public FakeCdcsSlash Slash { get; init; } = FakeCdcsSlash.Needed;

    public bool Has(string method) => Allow.Split(", ").Contains(method, StringComparer.Ordinal);
}

/// <summary>What a route makes of a slash at the end of its address.</summary>
internal enum FakeCdcsSlash
{
    Needed,
    Optional,
    Refused,
}
