namespace NexusExport.Fakes.Cdcs;

/// <summary>What a CDCS server does with a workspace named in the POST.</summary>
public enum WorkspaceInPost
{
    /// <summary>Puts the record there.</summary>
    Honoured,

    /// <summary>Pays no attention; the answer has no workspace.</summary>
    Ignored,

    /// <summary>Refuses the request with 400.</summary>
    Rejected,
}

/// <summary>How a fake CDCS is set up.</summary>
public sealed record FakeCdcsOptions : FakeServerOptions
{
    public string Token { get; init; } = "0123456789abcdef0123456789abcdef01234567";

    /// <summary>Its name for the XML's field: xml_content or content.</summary>
    public string ContentField { get; init; } = "xml_content";

    public WorkspaceInPost WorkspaceInPost { get; init; }

    /// <summary>Assigning to a workspace answers 403.</summary>
    public bool AssignRefused { get; init; }

    /// <summary>Deleting answers 403.</summary>
    public bool DeleteRefused { get; init; }

    /// <summary>Lists are bare arrays, as in very old versions.</summary>
    public bool BareLists { get; init; }

    /// <summary>The most records that a query with "all" gives (MAX_DOCUMENT_LIST).</summary>
    public int MaxDocumentList { get; init; } = 100;

    /// <summary>Lists leave the content out.</summary>
    public bool ListsWithoutContent { get; init; }

    /// <summary>The token is a superuser's, who may change owners.</summary>
    public bool Superuser { get; init; }

    /// <summary>Writable workspaces are listed; else only readable ones.</summary>
    public bool Writable { get; init; } = true;
}
