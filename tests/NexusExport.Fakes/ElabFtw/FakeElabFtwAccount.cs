namespace NexusExport.Fakes.ElabFtw;

/// <summary>Whose key a fake eLabFTW was shown.</summary>
public sealed record FakeElabFtwAccount(int UserId, string FirstName, string LastName)
{
    public bool IsAdmin { get; init; }

    /// <summary>Whether the key may do more than read.</summary>
    public bool MayWrite { get; init; } = true;

    public string FullName => $"{FirstName} {LastName}";
}
