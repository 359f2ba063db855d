namespace NexusExport.Fakes.Drive;

/// <summary>How the pages of a fake Drive's lists go on.</summary>
public enum FakeDrivePages
{
    /// <summary>As they should.</summary>
    Orderly,

    /// <summary>The last page has an empty token, as some clients' servers do.</summary>
    EmptyToken,

    /// <summary>Each page is the first one and has the same token.</summary>
    SameToken,

    /// <summary>Each page is the first one and has a token of its own.</summary>
    SamePage,

    /// <summary>After the last page come empty ones without end.</summary>
    EmptyPages,
}
