using System.Globalization;
using System.Net.Http.Headers;
using System.Xml.Linq;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.LabArchives;

/// <summary>The methods of the LabArchives ELN API that are used here, one each.</summary>
internal sealed class LabArchivesApi : IDisposable
{
    private const string TreeTools = "tree_tools";
    private const string Entries = "entries";
    private const string Users = "users";

    // A page may hold pictures as text in its entries, a folder many thousand pages.
    private const int MaxListBytes = 64 * 1024 * 1024;
    private const int MaxFileBytes = 256 * 1024 * 1024;

    private readonly LabArchivesDestinationSettings _settings;
    private readonly LabArchivesTransport _client;
    private readonly SharedLookup<long?> _maxFileSize;

    public LabArchivesApi(DestinationSettings destination, DestinationServices services, LabArchivesDestinationSettings settings)
    {
        _settings = settings;
        _client = new(destination, services, settings);
        _maxFileSize = new(ReadMaxFileSizeAsync);
    }

    /// <summary>The server's clock.</summary>
    public LabArchivesClock Clock => _client.Clock;

    private (string Name, string Value) Notebook => ("nbid", _settings.NotebookId);

    /// <summary>Folders and pages directly in a folder, or in the notebook itself.</summary>
    public Task<IReadOnlyList<LabArchivesNode>> ListAsync(string folderId, CancellationToken cancellationToken) =>
        _client.CallAsync(
            new(HttpMethod.Get, TreeTools, "get_tree_level", Notebook, ("parent_tree_id", folderId)) { MaxAnswerBytes = MaxListBytes },
            root => Items(root, "level-nodes", "level-node", LabArchivesNode.From),
            cancellationToken);

    /// <summary>Makes a folder or page and returns its tree id.</summary>
    public Task<string> InsertAsync(string folderId, string name, bool page, CancellationToken cancellationToken) => _client.CallAsync(
        new(
            HttpMethod.Get,
            TreeTools,
            "insert_node",
            Notebook,
            ("parent_tree_id", folderId),
            ("display_text", name),
            ("is_folder", page ? "false" : "true"))
        {
            IsWrite = true,
            SettleTime = LateWrite.SettleTime,
        },
        root => LabArchivesXml.Find(LabArchivesXml.All(root, "node").FirstOrDefault() ?? root, "tree-id", "tree_id"),
        cancellationToken);

    /// <summary>Moves a folder or page into another folder.</summary>
    public Task MoveAsync(string nodeId, string folderId, CancellationToken cancellationToken) => _client.CallAsync(
        new(HttpMethod.Get, TreeTools, "update_node", Notebook, ("tree_id", nodeId), ("parent_tree_id", folderId)) { IsWrite = true },
        root => root,
        cancellationToken);

    /// <summary>The entries of a page, with their text.</summary>
    public Task<IReadOnlyList<LabArchivesEntry>> ReadPageAsync(string pageId, CancellationToken cancellationToken) =>
        _client.CallAsync(
            new(HttpMethod.Get, TreeTools, "get_entries_for_page", Notebook, ("page_tree_id", pageId), ("entry_data", "true")) { MaxAnswerBytes = MaxListBytes },
            root => Items(root, "entries", "entry", LabArchivesEntry.From),
            cancellationToken);

    /// <summary>Adds a text entry and returns its eid.</summary>
    public Task<string> AddTextAsync(string pageId, string html, CancellationToken cancellationToken) =>
        _client.CallAsync(AddText(pageId, html), root => EntryOf(root)?.Id, cancellationToken);

    /// <summary>Attaches a file and returns the entry as LabArchives tells it.</summary>
    public Task<LabArchivesEntry> AttachAsync(
        string pageId, string fileName, string caption, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        _client.CallAsync(Attach(pageId, fileName, caption, content), EntryOf, cancellationToken);

    /// <summary>How long a text may be under way.</summary>
    public TimeSpan TextTimeout(string pageId, string html) => _client.TimeoutOf(AddText(pageId, html));

    /// <summary>How long a file may be under way.</summary>
    public TimeSpan FileTimeout(string pageId, string fileName, ReadOnlyMemory<byte> content) =>
        _client.TimeoutOf(Attach(pageId, fileName, caption: string.Empty, content));

    /// <summary>The bytes of an attachment.</summary>
    public Task<ReadOnlyMemory<byte>> DownloadAsync(string entryId, CancellationToken cancellationToken) =>
        _client.DownloadAsync(new(HttpMethod.Get, Entries, "entry_attachment", ("eid", entryId)) { MaxAnswerBytes = MaxFileBytes }, cancellationToken);

    /// <summary>Name or address of the person that the user id stands for; "an unnamed user" where the server does not tell.</summary>
    public Task<string> WhoAsync(CancellationToken cancellationToken) => _client.CallAsync(
        new(HttpMethod.Get, Users, "user_info_via_id"),
        root => LabArchivesXml.Find(root, "fullname", "full-name", "email") ?? "an unnamed user",
        cancellationToken);

    /// <summary>Largest attachment in bytes, asked once; null where the server does not tell.</summary>
    public Task<long?> MaxFileSizeAsync(CancellationToken cancellationToken) => _maxFileSize.GetAsync(cancellationToken);

    public void Dispose() => _client.Dispose();

    private LabArchivesRequest AddText(string pageId, string html) =>
        new(HttpMethod.Post, Entries, "add_entry", Notebook, ("pid", pageId), ("part_type", "text entry"))
        {
            // In the form: a query is refused from a few thousand characters on.
            Content = () => new FormUrlEncodedContent([new("entry_data", html)]),
            SettleTime = LateWrite.SettleTime,
        };

    private LabArchivesRequest Attach(string pageId, string fileName, string caption, ReadOnlyMemory<byte> content) =>
        new(HttpMethod.Post, Entries, "add_attachment", Notebook, ("pid", pageId), ("filename", fileName), ("caption", caption))
        {
            Content = () => new ReadOnlyMemoryContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } },
            SettleTime = LateWrite.SettleTime,
        };

    private async Task<long?> ReadMaxFileSizeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var text = await _client.CallAsync(
                new(HttpMethod.Get, Users, "max_file_size"), root => LabArchivesXml.Find(root, "max-file-size", "max_file_size") ?? string.Empty, cancellationToken);
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0 ? size : null;
        }
        catch (ExportException ex) when (ex.Fault.Code is not (ExportErrorCode.ConnectionFailed or ExportErrorCode.RateLimited or ExportErrorCode.AuthExpired))
        {
            // A limit that is not told is found out by meeting it. This method alone may be out of order.
            return null;
        }
    }

    private static LabArchivesEntry? EntryOf(XElement root) =>
        LabArchivesEntry.From(LabArchivesXml.All(root, "entry").FirstOrDefault() ?? root);

    private static IReadOnlyList<T>? Items<T>(XElement root, string list, string item, Func<XElement, T?> read)
        where T : class => LabArchivesXml.List(root, list, item) is { } items ? [.. items.Select(read).OfType<T>()] : null;
}
