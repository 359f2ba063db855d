using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace NexusExport.Fakes.LabArchives;

/// <summary>
/// LabArchives's notebook API as public clients of it and its own pages describe it: signed queries, XML, GETs that write, errors with
/// numbers at a status that sources disagree on, nothing that deletes.
/// </summary>
public sealed class FakeLabArchives : FakeServer
{
    private readonly FakeLabArchivesOptions _options;
    private readonly FakeLabArchivesGate _gate;
    private readonly FakeLabArchivesNotebook _notebook;
    private readonly ConcurrentQueue<DateTimeOffset> _arrivals = new();
    private readonly ConcurrentDictionary<string, int> _refusals = new(StringComparer.Ordinal);

    private FakeLabArchives(FakeLabArchivesOptions options)
        : base(options)
    {
        _options = options;
        _gate = new(options);
        _notebook = new(options.StripsAttributes);
    }

    public FakeLabArchivesOptions Options => _options;

    /// <summary>How far its clock is ahead of the world's.</summary>
    public TimeSpan ClockSkew { get; set; }

    public IReadOnlyList<FakeLabArchivesNode> Nodes => _notebook.Nodes;

    public IReadOnlyList<FakeLabArchivesNode> Pages => [.. Nodes.Where(node => node.IsPage)];

    public IReadOnlyList<FakeLabArchivesEntry> Entries => _notebook.Entries;

    public IReadOnlyList<FakeLabArchivesEntry> Texts => [.. Entries.Where(entry => entry.FileName is null)];

    public IReadOnlyList<FakeLabArchivesEntry> Attachments => [.. Entries.Where(entry => entry.FileName is not null)];

    /// <summary>Time between one call and the next, by the world's clock.</summary>
    public IReadOnlyList<TimeSpan> Spacings
    {
        get
        {
            var arrivals = _arrivals.ToArray();
            return [.. arrivals.Zip(arrivals.Skip(1), (earlier, later) => later - earlier)];
        }
    }

    public static async Task<FakeLabArchives> StartAsync(FakeLabArchivesOptions? options = null)
    {
        var fake = new FakeLabArchives(options ?? new());
        await fake.ListenAsync();
        return fake;
    }

    /// <summary>Answers every call of a method with an error of this code.</summary>
    public void Refuse(string method, int code) => _refusals[method] = code;

    /// <summary>Stops refusing.</summary>
    public void Accept(string method) => _refusals.TryRemove(method, out _);

    /// <summary>How often a method was called.</summary>
    public int CallsOf(string method) => RequestLog.Count(entry => entry.Path.EndsWith('/' + method, StringComparison.Ordinal));

    /// <summary>Makes a folder or page without a request.</summary>
    public FakeLabArchivesNode Put(string name, bool isPage, FakeLabArchivesNode? parent = null, bool writable = true) =>
        _notebook.Insert(parent?.Id ?? FakeLabArchivesNotebook.RootId, name, isPage, writable);

    /// <summary>Moves a folder or page without a request, as a person can.</summary>
    public void Move(string nodeId, FakeLabArchivesNode parent) => _notebook.Move(_notebook.Find(nodeId)!, parent.Id);

    /// <summary>Writes on a page without a request.</summary>
    public FakeLabArchivesEntry Write(string pageId, string html) => _notebook.Add(pageId, "text entry", html);

    /// <summary>Attaches a file without a request.</summary>
    public FakeLabArchivesEntry Attach(string pageId, string fileName, byte[] content, string caption = "", long? toldSize = null) =>
        _notebook.Add(pageId, "Attachment", caption, fileName, content, toldSize);

    /// <summary>Removes a folder or page, as a person can.</summary>
    public void Remove(string nodeId) => _notebook.Remove(nodeId);

    /// <summary>Name of the folder that a node lies in; null for the notebook itself.</summary>
    public string? FolderOf(string nodeId) => _notebook.Find(nodeId) is { } node ? _notebook.Find(node.ParentId)?.Name : null;

    public override void Reset()
    {
        base.Reset();
        _arrivals.Clear();
        _notebook.Clear();
    }

    protected override FakeAnswer Handle(FakeRequest request)
    {
        _arrivals.Enqueue(_options.Time.GetUtcNow());
        var now = _options.Time.GetUtcNow() + ClockSkew;
        if (request.Path.Trim('/').Split('/') is not ["api", var apiClass, var method])
        {
            return FakeAnswer.Html(404, "Not Found");
        }

        if (_refusals.TryGetValue(method, out var code))
        {
            return FakeLabArchivesForm.Error(_options, code, "Refused");
        }

        if (method is "epoch_time")
        {
            return Answer(request, FakeLabArchivesForm.EpochTime(now));
        }

        return _gate.Refuse(request, method, now) ?? (request.Method, apiClass, method) switch
        {
            ("GET", "users", "user_info_via_id") => Answer(request, FakeLabArchivesForm.User()),
            ("GET", "users", "max_file_size") => Answer(request, FakeLabArchivesForm.MaxFileSize(_options.MaxFileSize)),
            ("GET", "tree_tools", "get_tree_level") => InNotebook(request, () => Level(request, request.Query["parent_tree_id"].ToString())),
            ("GET", "tree_tools", "insert_node") => InNotebook(request, () => Insert(request)),
            ("GET", "tree_tools", "update_node") => InNotebook(request, () => Move(request)),
            ("GET", "tree_tools", "get_entries_for_page") => InNotebook(request, () => OnPage(request, "page_tree_id", page => Page(request, page.Id))),
            ("POST", "entries", "add_entry") => InNotebook(request, () => OnPage(request, "pid", page => AddText(request, page))),
            ("POST", "entries", "add_attachment") => InNotebook(request, () => OnPage(request, "pid", page => AddFile(request, page))),
            ("GET", "entries", "entry_attachment") => Download(request.Query["eid"].ToString()),
            _ => FakeAnswer.Html(404, "Not Found"),
        };
    }

    protected override byte[] DescribeRecords() => JsonSerializer.SerializeToUtf8Bytes(Attachments.Select(entry => new
    {
        id = entry.Id,
        page = _notebook.Find(entry.PageId)?.Name,
        folder = FolderOf(entry.PageId),
        file = entry.FileName,
        text = Texts.FirstOrDefault(text => text.PageId == entry.PageId)?.Text,
        length = entry.Content.Length,
        sha256 = Convert.ToHexStringLower(SHA256.HashData(entry.Content)),
    }));

    private FakeAnswer InNotebook(FakeRequest request, Func<FakeAnswer> answer) => request.Query["nbid"] == _options.NotebookId
        ? answer()
        : FakeLabArchivesForm.Error(_options, 4501, "The user does not have access to the notebook");

    private FakeAnswer Answer(FakeRequest request, System.Xml.Linq.XElement data) =>
        FakeLabArchivesForm.Answer(_options, request, request.Path.Split('/')[^1], data);

    private FakeAnswer Level(FakeRequest request, string parentId) =>
        parentId == FakeLabArchivesNotebook.RootId || _notebook.Find(parentId) is { IsPage: false }
        ? Answer(request, FakeLabArchivesForm.Level(Nodes.Where(node => node.ParentId == parentId), _options.Writable))
        : NotFound();

    private FakeAnswer Insert(FakeRequest request)
    {
        var parent = request.Query["parent_tree_id"].ToString();
        return parent == FakeLabArchivesNotebook.RootId || _notebook.Find(parent) is { IsPage: false }
            ? Answer(request, FakeLabArchivesForm.Node(_notebook.Insert(parent, request.Query["display_text"].ToString(), request.Query["is_folder"] != "true")))
            : NotFound();
    }

    private FakeAnswer Move(FakeRequest request)
    {
        if (_notebook.Find(request.Query["tree_id"].ToString()) is not { } node)
        {
            return NotFound();
        }

        _notebook.Move(node, request.Query["parent_tree_id"].ToString());
        return Answer(request, FakeLabArchivesForm.Node(node));
    }

    private FakeAnswer OnPage(FakeRequest request, string parameter, Func<FakeLabArchivesNode, FakeAnswer> answer) =>
        _notebook.Find(request.Query[parameter].ToString()) is { IsPage: true } page ? answer(page) : NotFound();

    private FakeAnswer Page(FakeRequest request, string pageId) =>
        Answer(request, FakeLabArchivesForm.Entries(Entries.Where(entry => entry.PageId == pageId), _options));

    private FakeAnswer AddText(FakeRequest request, FakeLabArchivesNode page)
    {
        using var form = new FormReader(System.Text.Encoding.UTF8.GetString(request.Body));
        var data = form.ReadForm().GetValueOrDefault("entry_data").ToString();
        return Answer(request, FakeLabArchivesForm.Entry(_notebook.Add(page.Id, request.Query["part_type"].ToString(), data), _options));
    }

    private FakeAnswer AddFile(FakeRequest request, FakeLabArchivesNode page)
    {
        if (request.Body.LongLength > _options.MaxFileSize)
        {
            return FakeAnswer.Html(413, "Request Entity Too Large");
        }

        var query = request.Query;
        var kept = _options.CutsFilesAt is { } length && length < request.Body.Length ? request.Body[..length] : request.Body;
        var entry = _notebook.Add(page.Id, "Attachment", query["caption"].ToString(), query["filename"].ToString(), kept);
        return Answer(request, FakeLabArchivesForm.Entry(entry, _options));
    }

    private FakeAnswer Download(string entryId) => Attachments.FirstOrDefault(entry => entry.Id == entryId) is { } entry
        ? new(200, entry.Content, "application/octet-stream")
        : NotFound();

    // No source tells the number for what is not there.
    private FakeAnswer NotFound() => FakeLabArchivesForm.Error(_options, 4000, "The item was not found");
}
