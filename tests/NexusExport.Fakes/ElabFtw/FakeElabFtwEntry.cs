using System.Text.Json.Nodes;

namespace NexusExport.Fakes.ElabFtw;

/// <summary>An experiment or resource that a fake eLabFTW holds, deleted ones included.</summary>
public sealed record FakeElabFtwEntry
{
    public required int Id { get; init; }

    /// <summary>experiments or items.</summary>
    public required string Kind { get; init; }

    public required string Title { get; init; }

    /// <summary>HTML, after the server cleaned it.</summary>
    public required string Body { get; init; }

    /// <summary>JSON, as text.</summary>
    public required string Metadata { get; init; }

    public long? Category { get; init; }
    public long? Status { get; init; }

    /// <summary>1 normal, 2 archived, 3 deleted.</summary>
    public int State { get; set; } = 1;

    public IList<string> Tags { get; } = [];
    public IList<FakeElabFtwUpload> Uploads { get; } = [];

    /// <summary>Value of an extra field; null where it has none of that name.</summary>
    public string? ExtraField(string name) => (string?)JsonNode.Parse(Metadata)?["extra_fields"]?[name]?["value"];
}

/// <summary>A file attached to an entry.</summary>
public sealed record FakeElabFtwUpload(int Id, string RealName, string Comment, byte[] Content)
{
    /// <summary>1 normal, 2 archived, 3 deleted.</summary>
    public int State { get; set; } = 1;
}
