namespace NexusExport.Fakes.Cdcs;

/// <summary>A template of a fake CDCS, there a template version manager.</summary>
/// <param name="Id">Id of the manager.</param>
/// <param name="Title">Its title.</param>
/// <param name="Current">Id of its current version.</param>
public sealed record FakeCdcsTemplate(int Id, string Title, int Current)
{
    /// <summary>Ids of its versions.</summary>
    public IReadOnlyList<int> Versions { get; init; } = [Current];

    public IReadOnlyList<int> DisabledVersions { get; init; } = [];

    public bool IsDisabled { get; init; }

    /// <summary>Null until an administrator has ordered the list.</summary>
    public int? Rank { get; init; }

    /// <summary>Local name of the only root element that its schema knows; null for any.</summary>
    public string? Root { get; init; }

    /// <summary>Namespace of that root element; empty for none.</summary>
    public string Namespace { get; init; } = string.Empty;
}
