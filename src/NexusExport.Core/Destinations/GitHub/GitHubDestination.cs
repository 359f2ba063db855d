using NexusExport.Destinations.Common;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.GitHub;

/// <summary>
/// A GitHub repository (github.com or Enterprise Server). A record is one file, committed to a branch or proposed by a pull request.
/// </summary>
internal sealed class GitHubDestination : ConfiguredDestination, IListsContent
{
    private readonly GitHubDestinationSettings _settings;
    private readonly GitHubTransport _client;
    private readonly GitHubContents _contents;
    private readonly GitHubBranches _branches;
    private readonly GitHubUndo _undo;
    private readonly IGitHubMode _mode;
    private readonly SharedLookup<string> _target;

    // Commits to one branch at the same time are a conflict at GitHub, which asks for one request after the other besides. Each wait is
    // bounded by the time-outs of the calls of those in front.
    private readonly SemaphoreSlim _writing = new(1);

    public GitHubDestination(DestinationSettings settings, DestinationServices services)
        : base(settings, services)
    {
        _settings = GitHubDestinationSettings.From(settings);
        _client = new(settings, services, _settings);
        _contents = new(_client, _settings);
        _branches = new(_client);
        var pulls = new GitHubPulls(_client, _settings);
        var trees = new GitHubTrees(_client);
        var committer = new GitHubCommitter(settings.Name, _contents, _branches, _settings);
        _undo = new(settings.Name, _contents, _branches, pulls);
        _mode = _settings.ProposesPullRequests
            ? new PullRequests(_settings, trees, _branches, pulls, committer, new(_settings, _branches, trees, pulls))
            : new DirectCommits(_settings, _contents, trees, committer);

        // An open pull request is replaced by that of a later content, whatever becomes of a file that is there.
        Capabilities = new(
            CanFind: true, CanFetch: true, CanUndo: true, DestinationRisk.High) { Replaces = _settings.Updates || _settings.ProposesPullRequests };
        _target = new(async token => _settings.Branch ?? (await _branches.GetRepositoryAsync(token)).Repository.DefaultBranch);
    }

    public override DestinationCapabilities Capabilities { get; }

    public override IReadOnlyList<ExportFault> ValidateConfiguration() => WithTls(GitHubSettingsCheck.Check(Configured));

    public override Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken) =>
        new GitHubConnectionTest(Name, _branches, _settings).RunAsync(cancellationToken);

    public override async Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RequireSize(context.Document.Content.Bytes.Length);
        var target = await _target.GetAsync(cancellationToken);
        return await OneAfterTheOtherAsync(
            () => _mode.PublishAsync(context, target, cancellationToken), cancellationToken);
    }

    public override async Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken)
    {
        var target = await _target.GetAsync(cancellationToken);
        return await _mode.FindAsync(context, target, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IContentListing?> ListContentAsync(ListingBudget budget, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await _mode.ListAsync(await _target.GetAsync(cancellationToken), budget, cancellationToken);
    }

    public override async Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken)
    {
        var target = await _target.GetAsync(cancellationToken);
        var file = await _contents.FindAsync(_settings.PathOf(GitHubDestinationSettings.NameOf(fileName)), target, cancellationToken);
        return file is null ? (ReadOnlyMemory<byte>?)null : await _contents.ReadBlobAsync(file.Sha, cancellationToken);
    }

    public override Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken) => OneAfterTheOtherAsync(
        async () =>
        {
            _mode.Forget();
            await _undo.UndoAsync(receipt, cancellationToken);
            return true;
        },
        cancellationToken);

    public override ValueTask DisposeAsync()
    {
        _client.Dispose();
        _writing.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<T> OneAfterTheOtherAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return await write();
        }
        finally
        {
            _writing.Release();
        }
    }

    private void RequireSize(long bytes)
    {
        if (bytes > GitBlob.MaxBytes)
        {
            throw new ExportException(new ExportFault(
                ExportErrorCode.ContentTooLarge, $"'{Name}' takes files of up to {GitBlob.MaxBytes} bytes, and the record has {bytes}.")
            {
                RecommendedAction = GitHubFaults.SizeAdvice,
            });
        }
    }
}
