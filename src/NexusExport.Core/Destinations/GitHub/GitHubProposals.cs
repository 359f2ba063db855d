namespace NexusExport.Destinations.GitHub;

/// <summary>
/// What is known of the branch that records are proposed to: its newest commit, its names, and the pull requests of ours that are open.
/// Used by several records at once.
/// </summary>
internal sealed class GitHubProposals
{
    private const string Title = "Add ";

    private readonly Lock _lock = new();

    // By branch: the pull request's number, and the name that it proposes as far as its title tells.
    private readonly Dictionary<string, (long Number, string? Name)> _open = new(StringComparer.Ordinal);

    public GitHubProposals(string tip, GitHubFolder folder, IEnumerable<GitHubPull> open)
    {
        Tip = tip;
        Folder = folder;
        foreach (var pull in open.Where(
            pull => pull is { IsOpen: true, Branch: not null } && pull.Branch.StartsWith(GitHubExportBranch.Prefix, StringComparison.Ordinal)))
        {
            Opened(pull.Branch!, pull.Title is { } title && title.StartsWith(Title, StringComparison.Ordinal) ? title[Title.Length..] : null, pull);
        }
    }

    /// <summary>Newest commit of the branch.</summary>
    public string Tip { get; }

    /// <summary>Names that are there or proposed.</summary>
    public GitHubFolder Folder { get; }

    /// <summary>The title of the pull request that proposes a file.</summary>
    public static string TitleOf(string name) => Title + name;

    public bool IsOpen(string branch)
    {
        lock (_lock)
        {
            return _open.ContainsKey(branch);
        }
    }

    /// <summary>Open proposals of other contents of the record: the branches and the pull requests' numbers.</summary>
    public IReadOnlyList<(string Branch, long Number)> OthersOf(ExportContext context)
    {
        lock (_lock)
        {
            return [.. Of(context).Where(pull => pull.Key != GitHubExportBranch.NameFor(context)).Select(pull => (pull.Key, pull.Value.Number))];
        }
    }

    /// <summary>Where the record's file goes: as before where it has been proposed already, else where nothing else is or is proposed.</summary>
    public GitHubPlace Choose(ExportContext context, string blob, bool replaced)
    {
        var name = GitHubDestinationSettings.NameOf(context.Document.FileName);
        var begun = GitHubLocation.Parse(context.Existing?.Location)?.Path.Split('/')[^1];
        lock (_lock)
        {
            var own = Of(context).Select(pull => pull.Value.Name).Prepend(begun).FirstOrDefault(own => own is not null && GitHubFolder.StandsFor(own, name));
            return own is null ? Folder.Choose(name, blob, replaced) with { IsThere = false } : Folder.Choose(own, blob, replaced: true);
        }
    }

    /// <summary>Writes down that a pull request is open.</summary>
    public void Opened(string branch, string? name, GitHubPull pull)
    {
        lock (_lock)
        {
            _open[branch] = (pull.Number, name);
            if (name is not null)
            {
                Folder.Reserve(name);
            }
        }
    }

    /// <summary>Writes down that the pull request of a branch was closed.</summary>
    public void Closed(string branch)
    {
        lock (_lock)
        {
            _open.Remove(branch);
        }
    }

    private IEnumerable<KeyValuePair<string, (long Number, string? Name)>> Of(ExportContext context)
    {
        var record = GitHubExportBranch.RecordOf(context);
        return _open.Where(pull => pull.Key.StartsWith(record, StringComparison.Ordinal));
    }
}
