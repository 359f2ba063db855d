namespace NexusExport.Fakes.GitHub;

/// <summary>A pull request of a fake GitHub.</summary>
public sealed record FakeGitHubPull
{
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string Head { get; init; }
    public required string HeadSha { get; init; }
    public required string Base { get; init; }
    public string Description { get; init; } = string.Empty;
    public bool IsOpen { get; init; } = true;
    public bool IsMerged { get; init; }
}
