namespace NexusExport.Fakes.LabArchives;

/// <summary>A folder or page that the fake holds.</summary>
public sealed record FakeLabArchivesNode(string Id, string ParentId, string Name, bool IsPage)
{
    /// <summary>Told of it: whether the account may write there.</summary>
    public bool Writable { get; init; } = true;
}

/// <summary>An entry on a page.</summary>
/// <param name="Id">Its eid.</param>
/// <param name="PageId">Tree id of its page.</param>
/// <param name="PartType">Kind of entry, as LabArchives spells it.</param>
/// <param name="Text">HTML of a text entry, caption of an attachment.</param>
/// <param name="FileName">Name of an attachment's file; null for a text.</param>
/// <param name="Content">Bytes of an attachment; empty for a text.</param>
public sealed record FakeLabArchivesEntry(string Id, string PageId, string PartType, string Text, string? FileName, byte[] Content)
{
    /// <summary>Size that is told of it; null for the true one.</summary>
    public long? ToldSize { get; init; }
}
