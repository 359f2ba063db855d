namespace NexusExport.Fakes.Cdcs;

/// <summary>A workspace of a fake CDCS.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Owner">Id of its owner; null for the global one.</param>
public sealed record FakeCdcsWorkspace(int Id, string Title, int? Owner)
{
    /// <summary>Ids of accounts with the right to write.</summary>
    public IReadOnlyList<int> Writers { get; init; } = [];

    public bool IsPublic => Owner is null;
}
