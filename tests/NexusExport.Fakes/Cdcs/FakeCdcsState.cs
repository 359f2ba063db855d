using System.Collections.Concurrent;

namespace NexusExport.Fakes.Cdcs;

/// <summary>What a fake CDCS holds, and who may do what with it (core_main_app/access_control/api.py).</summary>
internal sealed class FakeCdcsState(FakeCdcsOptions options)
{
    private readonly ConcurrentDictionary<int, FakeCdcsRecord> _records = new();
    private int _lastId = options.FirstRecordId - 1;
    private long _changes;

    public IReadOnlyList<FakeCdcsAccount> Accounts { get; } =
    [
        new(FakeCdcs.AccountId, "nexus", options.Token) { IsSuperuser = options.Superuser, MayPublish = options.MayPublish },
        .. options.Others,
    ];

    public IReadOnlyList<FakeCdcsTemplate> Templates { get; set; } = options.Templates;

    public IReadOnlyList<FakeCdcsWorkspace> Workspaces { get; set; } = options.Workspaces;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<FakeCdcsRecord> Records => [.. _records.Values.OrderBy(record => record.Id)];

    /// <summary>As lists show them: what was changed last first.</summary>
    public IEnumerable<FakeCdcsRecord> Latest => _records.Values.OrderByDescending(record => record.Changed);

    public FakeCdcsRecord Store(string title, int template, byte[] content, int? workspace, int owner)
    {
        var record = new FakeCdcsRecord
        {
            Id = Interlocked.Increment(ref _lastId),
            Title = title.Trim(),
            Template = template,
            Content = content,
            Workspace = workspace,
            Owner = owner,
            Changed = Interlocked.Increment(ref _changes),
        };
        return _records[record.Id] = record;
    }

    public FakeCdcsRecord Change(FakeCdcsRecord changed) =>
        _records[changed.Id] = changed with { Changed = Interlocked.Increment(ref _changes) };

    public void Remove(int id) => _records.TryRemove(id, out _);

    public void Clear() => _records.Clear();

    public FakeCdcsRecord? Find(int id) => _records.GetValueOrDefault(id);

    public FakeCdcsWorkspace? Workspace(int id) => Workspaces.FirstOrDefault(workspace => workspace.Id == id);

    public FakeCdcsTemplate? TemplateOf(int version) => Templates.FirstOrDefault(template => template.Versions.Contains(version));

    public static bool MayRead(FakeCdcsAccount? account, FakeCdcsWorkspace workspace) =>
        workspace.IsPublic || (account is not null && (account.IsSuperuser || workspace.Owner == account.Id));

    public static bool MayWrite(FakeCdcsAccount account, FakeCdcsWorkspace workspace) =>
        account.IsSuperuser || workspace.Owner == account.Id || workspace.Writers.Contains(account.Id);

    public bool MayRead(FakeCdcsAccount? account, FakeCdcsRecord record) => WhyNotRead(account, record) is null;

    /// <summary>Why an account, null for a visitor, may not read a record; null where it may.</summary>
    public string? WhyNotRead(FakeCdcsAccount? account, FakeCdcsRecord record)
    {
        if (account is not null && (account.IsSuperuser || account.Id == record.Owner))
        {
            return null;
        }

        return record.Workspace is not { } place ? "The user doesn't have enough rights to access this document."
            : MayRead(account, Workspace(place)!) ? null
            : "The user doesn't have enough rights to access this.";
    }

    /// <summary>Why an account may not write what belongs to an owner and stands, or is to stand, in a workspace; null where it may.</summary>
    public string? WhyNotWrite(FakeCdcsAccount account, int owner, int? workspace)
    {
        if (account.IsSuperuser)
        {
            return null;
        }

        if (workspace is not { } place)
        {
            return owner == account.Id ? null : "The user doesn't have enough rights.";
        }

        return Workspace(place)!.IsPublic && owner == account.Id
            ? WhyNotPublish(account)
            : MayWrite(account, Workspace(place)!) ? null : "The user does not have the permission to write into this workspace.";
    }

    /// <summary>Why an account may not put a record into a workspace; null where it may.</summary>
    public string? WhyNotAssign(FakeCdcsAccount account, FakeCdcsRecord record, FakeCdcsWorkspace target) =>
        account.IsSuperuser ? null
        : (target.IsPublic ? WhyNotPublish(account)
            : MayWrite(account, target) ? null : "The user does not have the permission to write into this workspace.")
        ?? WhyNotWrite(account, record.Owner, record.Workspace);

    private static string? WhyNotPublish(FakeCdcsAccount account) => account.MayPublish ? null : "The user doesn't have enough rights to publish.";
}
