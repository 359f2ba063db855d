using System.Globalization;
using System.Net.Http.Headers;
using NexusExport.Configuration;

namespace NexusExport.Destinations.LabArchives;

/// <summary>The methods of the LabArchives ELN API that are used here, one each.</summary>
internal sealed class LabArchivesApi(DestinationSettings destination, DestinationServices services, LabArchivesDestinationSettings settings) : IDisposable
{
    private const string TreeTools = "tree_tools";
    private const string Entries = "entries";
    private const string Users = "users";

    // A page may hold pictures as text in its entries.
    private const int MaxPageBytes = 256 * 1024 * 1024;

    private readonly LabArchivesClient _client = new(destination, services, settings);

    /// <summary>The server's clock.</summary>
    public LabArchivesClock Clock => _client.Clock;

    private (string Name, string Value) Notebook => ("nbid", settings.NotebookId);

    /// <summary>Folders and pages directly in a folder, or in the notebook itself.</summary>
    public Task<IReadOnlyList<LabArchivesNode>> ListAsync(string folderId, CancellationToken cancellationToken) =>
        _client.CallAsync<IReadOnlyList<LabArchivesNode>>(
            new(HttpMethod.Get, TreeTools, "get_tree_level", Notebook, ("parent_tree_id", folderId)) { MaxAnswerBytes = MaxPageBytes },
            root => [.. LabArchivesXml.All(root, "level-node").Select(LabArchivesNode.From).OfType<LabArchivesNode>()],
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

            // .NET sends a GET again by itself where a kept connection breaks, but not one with a body: this GET must not go twice.
            Content = () => new ByteArrayContent([]),
        },
        root => LabArchivesXml.Find(root, "tree-id", "tree_id"),
        cancellationToken);

    /// <summary>Moves a folder or page into another folder.</summary>
    public Task MoveAsync(string nodeId, string folderId, CancellationToken cancellationToken) => _client.CallAsync(
        new(HttpMethod.Get, TreeTools, "update_node", Notebook, ("tree_id", nodeId), ("parent_tree_id", folderId)) { IsWrite = true },
        root => root,
        cancellationToken);

    /// <summary>The entries of a page, with their text.</summary>
    public Task<IReadOnlyList<LabArchivesEntry>> ReadPageAsync(string pageId, CancellationToken cancellationToken) =>
        _client.CallAsync<IReadOnlyList<LabArchivesEntry>>(
            new(HttpMethod.Get, TreeTools, "get_entries_for_page", Notebook, ("page_tree_id", pageId), ("entry_data", "true")) { MaxAnswerBytes = MaxPageBytes },
            root => [.. LabArchivesXml.All(root, "entry").Select(LabArchivesEntry.From).OfType<LabArchivesEntry>()],
            cancellationToken);

    /// <summary>Adds a text entry and returns its eid.</summary>
    public Task<string> AddTextAsync(string pageId, string html, CancellationToken cancellationToken) => _client.CallAsync(
        new(HttpMethod.Post, Entries, "add_entry", Notebook, ("pid", pageId), ("part_type", "text entry"))
        {
            Content = () => new FormUrlEncodedContent([new("entry_data", html)]),
        },
        root => LabArchivesXml.Find(root, "eid"),
        cancellationToken);

    /// <summary>Attaches a file and returns its eid.</summary>
    public Task<string> AttachAsync(string pageId, string fileName, string caption, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        _client.CallAsync(
            new(HttpMethod.Post, Entries, "add_attachment", Notebook, ("pid", pageId), ("filename", fileName), ("caption", caption))
            {
                Content = () => new ReadOnlyMemoryContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } },
            },
            root => LabArchivesXml.Find(root, "eid"),
            cancellationToken);

    /// <summary>The bytes of an attachment.</summary>
    public Task<ReadOnlyMemory<byte>> DownloadAsync(string entryId, CancellationToken cancellationToken) =>
        _client.DownloadAsync(new(HttpMethod.Get, Entries, "entry_attachment", ("eid", entryId)) { MaxAnswerBytes = MaxPageBytes }, cancellationToken);

    /// <summary>Name or address of the person that the user id stands for; "an unnamed user" where the server does not tell.</summary>
    public Task<string> WhoAsync(CancellationToken cancellationToken) => _client.CallAsync(
        new(HttpMethod.Get, Users, "user_info_via_id"),
        root => LabArchivesXml.Find(root, "fullname", "full-name", "email") ?? "an unnamed user",
        cancellationToken);

    /// <summary>Largest attachment in bytes; null where the server does not tell.</summary>
    public async Task<long?> MaxFileSizeAsync(CancellationToken cancellationToken)
    {
        var text = await _client.CallAsync(
            new(HttpMethod.Get, Users, "max_file_size"), root => LabArchivesXml.Find(root, "max-file-size") ?? string.Empty, cancellationToken);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;
    }

    public void Dispose() => _client.Dispose();
}
