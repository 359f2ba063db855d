using NexusExport.Configuration;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.GitHub;

/// <summary>
/// A GitHub repository (github.com or Enterprise Server). A record is one file, committed to a branch or proposed by a pull request.
/// </summary>
internal sealed class GitHubDestination : ConfiguredDestination
{
    private readonly GitHubDestinationSettings _settings;
    private readonly GitHubClient _client;
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
        _contents = new(_client);
        _branches = new(_client);
        var pulls = new GitHubPulls(_client, _settings.Owner);
        var committer = new GitHubCommitter(settings.Name, _contents, _branches, _settings);
        _undo = new(settings.Name, _contents, _branches, pulls);
        _mode = _settings.ProposesPullRequests
            ? new PullRequests(settings.Name, _contents, _branches, pulls, committer)
            : new DirectCommits(committer);
        _target = new(async token => _settings.Branch ?? (await _branches.GetRepositoryAsync(token)).Repository.DefaultBranch);
    }

    public override DestinationCapabilities Capabilities { get; } = new(CanFind: true, CanFetch: true, CanUndo: true, DestinationRisk.High);

    public override IReadOnlyList<ExportFault> ValidateConfiguration() => WithTls(GitHubSettingsCheck.Check(Configured));

    public override Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken) =>
        new GitHubConnectionTest(Name, _branches, _settings).RunAsync(cancellationToken);

    public override async Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RequireSize(context.Content.Bytes.Length);
        var target = await _target.GetAsync(cancellationToken);
        return await OneAfterTheOtherAsync(
            () => _mode.PublishAsync(context, _settings.PathOf(context.FileName), target, cancellationToken), cancellationToken);
    }

    public override async Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken)
    {
        var target = await _target.GetAsync(cancellationToken);
        return await _mode.FindAsync(context, _settings.PathOf(context.FileName), target, cancellationToken);
    }

    public override async Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken)
    {
        var target = await _target.GetAsync(cancellationToken);
        var file = await _contents.FindAsync(_settings.PathOf(fileName), target, cancellationToken);
        return file is null ? (ReadOnlyMemory<byte>?)null : await _contents.ReadBlobAsync(file.Sha, cancellationToken);
    }

    public override Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken) => OneAfterTheOtherAsync(
        async () =>
        {
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
