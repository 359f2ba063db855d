using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NexusExport.Fakes.LabArchives;

/// <summary>The notebook behind the fake: a tree of folders and pages, with entries. Takes duplicates without a word, as the real one does.</summary>
internal sealed partial class FakeLabArchivesNotebook(bool stripsAttributes)
{
    public const string RootId = "0";

    private readonly Lock _gate = new();
    private readonly List<FakeLabArchivesNode> _nodes = [];
    private readonly List<FakeLabArchivesEntry> _entries = [];
    private int _number = 100;

    public IReadOnlyList<FakeLabArchivesNode> Nodes
    {
        get
        {
            lock (_gate)
            {
                return [.. _nodes];
            }
        }
    }

    public IReadOnlyList<FakeLabArchivesEntry> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    public FakeLabArchivesNode? Find(string id) => Nodes.FirstOrDefault(node => node.Id == id);

    public FakeLabArchivesNode Insert(string parentId, string name, bool isPage, bool writable = true)
    {
        lock (_gate)
        {
            var node = new FakeLabArchivesNode(Id("TreeNode"), parentId, name, isPage) { Writable = writable };
            _nodes.Add(node);
            return node;
        }
    }

    public FakeLabArchivesEntry Add(string pageId, string partType, string text, string? fileName = null, byte[]? content = null, long? toldSize = null)
    {
        lock (_gate)
        {
            var kept = stripsAttributes && fileName is null ? Attributes().Replace(text, "<${name}>") : text;
            var entry = new FakeLabArchivesEntry(Id("EntryPart"), pageId, partType, kept, fileName, content ?? []) { ToldSize = toldSize };
            _entries.Add(entry);
            return entry;
        }
    }

    public void Move(FakeLabArchivesNode node, string parentId)
    {
        lock (_gate)
        {
            _nodes[_nodes.IndexOf(node)] = node with { ParentId = parentId };
        }
    }

    public void Remove(string id)
    {
        lock (_gate)
        {
            _nodes.RemoveAll(node => node.Id == id);
            _entries.RemoveAll(entry => entry.PageId == id);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _nodes.Clear();
            _entries.Clear();
        }
    }

    // Its ids are base64 with an equals sign or two at the end, which a query must escape.
    private string Id(string kind) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{++_number}.0|27/{kind}/{_number}|")));

    [GeneratedRegex("<(?<name>[a-z0-9]+) [^>]*>", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Attributes();
}
