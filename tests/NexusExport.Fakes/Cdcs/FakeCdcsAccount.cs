namespace NexusExport.Fakes.Cdcs;

/// <summary>An account of a fake CDCS.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its user name.</param>
/// <param name="Token">Its API token.</param>
public sealed record FakeCdcsAccount(int Id, string Name, string Token)
{
    public bool IsSuperuser { get; init; }

    /// <summary>The right to publish data, which the group 'default' has.</summary>
    public bool MayPublish { get; init; } = true;

    /// <summary>False: the account was deactivated.</summary>
    public bool IsActive { get; init; } = true;
}
