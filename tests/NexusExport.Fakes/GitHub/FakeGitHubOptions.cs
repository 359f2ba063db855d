namespace NexusExport.Fakes.GitHub;

/// <summary>How a fake GitHub is set up.</summary>
public sealed record FakeGitHubOptions : FakeServerOptions
{
    public string Token { get; init; } = "github_pat_11AAAAAAA0fakefakefake_fake";

    /// <summary>The repository has no commit and no branch yet.</summary>
    public bool Empty { get; init; }

    /// <summary>The token's account may push.</summary>
    public bool CanPush { get; init; } = true;

    /// <summary>The repository is read-only for everybody.</summary>
    public bool Archived { get; init; }

    /// <summary>Commits to main are refused by its rules.</summary>
    public bool Protected { get; init; }

    /// <summary>Why commits to main are refused where it is <see cref="Protected"/>: what stands after the first line.</summary>
    public string Rule { get; init; } = "Changes must be made through a pull request.";

    /// <summary>The most entries that a tree is told with.</summary>
    public int TreeLimit { get; init; } = 100_000;

    /// <summary>Requests for which a branch that was just made is not seen yet.</summary>
    public int BranchLag { get; init; }

    /// <summary>Every page of pull requests is the first one.</summary>
    public bool EndlessPages { get; init; }

    /// <summary>Requests that pass within <see cref="LimitWindow"/>; null for as many as come.</summary>
    public int? RequestLimit { get; init; }

    public TimeSpan LimitWindow { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The limit's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Version that an Enterprise Server tells; null for github.com.</summary>
    public string? EnterpriseVersion { get; init; }
}
