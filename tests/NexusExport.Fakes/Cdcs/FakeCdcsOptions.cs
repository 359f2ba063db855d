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
    private const string Experiment = "https://data.nist.gov/od/dm/nexus/experiment/v1.0";

    /// <summary>Token of the account that exports.</summary>
    public string Token { get; init; } = "0123456789abcdef0123456789abcdef01234567";

    /// <summary>That account is a superuser, who may change owners.</summary>
    public bool Superuser { get; init; }

    /// <summary>That account has the right to publish data, as every member of the group 'default' has.</summary>
    public bool MayPublish { get; init; } = true;

    /// <summary>Other accounts.</summary>
    public IReadOnlyList<FakeCdcsAccount> Others { get; init; } = [new(31, "ned", "ned-0123456789")];

    public IReadOnlyList<FakeCdcsTemplate> Templates { get; init; } =
    [
        new(3, "Nexus Experiment Schema", FakeCdcs.TemplateId) { Root = "Experiment", Namespace = Experiment },
        new(4, "Other Schema", FakeCdcs.OtherTemplateId),
    ];

    public IReadOnlyList<FakeCdcsWorkspace> Workspaces { get; init; } =
    [
        new(FakeCdcs.WorkspaceId, "Global Public Workspace", Owner: null),
        new(5, "Titan group", FakeCdcs.AccountId),
        new(6, "Staff only", 31),
    ];

    /// <summary>Id of the first record that is made.</summary>
    public int FirstRecordId { get; init; } = 101;

    /// <summary>Its name for the XML's field: xml_content or content.</summary>
    public string ContentField { get; init; } = "xml_content";

    public WorkspaceInPost WorkspaceInPost { get; init; }

    /// <summary>Assigning to a workspace answers 403.</summary>
    public bool AssignRefused { get; init; }

    /// <summary>Deleting answers 403.</summary>
    public bool DeleteRefused { get; init; }

    /// <summary>Lists are bare arrays, as in very old versions.</summary>
    public bool BareLists { get; init; }

    /// <summary>Lists leave the content out.</summary>
    public bool ListsWithoutContent { get; init; }

    /// <summary>There is no search, as in very old versions.</summary>
    public bool WithoutSearch { get; init; }

    /// <summary>The most records that a query with "all" gives (MAX_DOCUMENT_LIST).</summary>
    public int MaxDocumentList { get; init; } = 100;

    /// <summary>Version that core-settings tells; null where it runs from its source tree.</summary>
    public string? Version { get; init; } = "2.18.0";
}
