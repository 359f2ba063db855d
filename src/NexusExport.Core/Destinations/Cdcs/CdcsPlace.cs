namespace NexusExport.Destinations.Cdcs;

/// <summary>Where a record belongs and to whom.</summary>
/// <param name="WorkspaceId">Id of its workspace; null where it is assigned to none.</param>
/// <param name="OwnerId">Id of the user it is handed to; null where it stays with the account of the token.</param>
internal sealed record CdcsPlace(string? WorkspaceId, string? OwnerId)
{
    /// <summary>Whether records of others can be in that place at all: without workspace and owner it is the account's own.</summary>
    public bool IsSeenByOthers => WorkspaceId is not null || OwnerId is not null;

    /// <summary>Whether a record is where it belongs.</summary>
    public bool Holds(CdcsEntry record) =>
        (WorkspaceId is null || record.Workspace == WorkspaceId) && (OwnerId is null || record.UserId == OwnerId);
}
