using System.Text.Json;
using System.Text.Json.Nodes;

namespace NexusExport.Fakes.ElabFtw;

/// <summary>An experiment or resource that a fake eLabFTW holds, deleted ones included.</summary>
public sealed record FakeElabFtwEntry
{
    private static long _changes;

    public required int Id { get; init; }

    /// <summary>experiments or items.</summary>
    public required string Kind { get; init; }

    /// <summary>Who made it.</summary>
    public required FakeElabFtwAccount Owner { get; init; }

    /// <summary>yyyy-MM-dd HH:mm:ss.</summary>
    public required string CreatedAt { get; init; }

    public required string Title { get; set; }

    /// <summary>HTML, after the server cleaned it; null for none.</summary>
    public string? Body { get; set; }

    /// <summary>JSON, as text; null for none.</summary>
    public string? Metadata { get; set; }

    public long? Category { get; set; }
    public long? Status { get; set; }
    public long ContentType { get; init; } = 1;

    /// <summary>yyyy-MM-dd.</summary>
    public required string Date { get; set; }

    public long? CustomId { get; set; }
    public long Rating { get; set; }

    /// <summary>1 normal, 2 archived, 3 deleted.</summary>
    public int State { get; set; } = 1;

    /// <summary>Number of the template it was made from; null for none.</summary>
    public long? CreatedFrom { get; init; }

    /// <summary>Who locked it; null where it is not.</summary>
    public FakeElabFtwAccount? LockedBy { get; set; }

    /// <summary>When it was locked last, even if it is not any more.</summary>
    public string? LockedAt { get; set; }

    public FakeElabFtwAccount? LastChangeBy { get; private set; }

    /// <summary>Greater where the last change is younger.</summary>
    public long Change { get; private set; }

    /// <summary>10 the owner alone, 20 admins, 30 the team.</summary>
    public long CanReadBase { get; set; } = 30;

    /// <summary>10 the owner alone, 20 admins, 30 the team.</summary>
    public long CanWriteBase { get; set; } = 20;

    public IList<string> Tags { get; } = [];
    public IList<FakeElabFtwUpload> Uploads { get; } = [];

    /// <summary>Makes it the one that was changed last.</summary>
    public void Touch(FakeElabFtwAccount? account) => (Change, LastChangeBy) = (Interlocked.Increment(ref _changes), account ?? LastChangeBy);

    /// <summary>Value of an extra field; null where it has none of that name, or its metadata is no object.</summary>
    public string? ExtraField(string name)
    {
        try
        {
            return Metadata is not null && JsonNode.Parse(Metadata) is JsonObject metadata
                && metadata["extra_fields"] is JsonObject fields && fields[name] is JsonObject field
                && field["value"] is JsonValue value && value.TryGetValue<string>(out var text)
                    ? text
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A file attached to an entry.</summary>
public sealed record FakeElabFtwUpload(int Id, string RealName, string? Comment, byte[] Content)
{
    /// <summary>Who attached it.</summary>
    public required FakeElabFtwAccount Owner { get; init; }

    /// <summary>yyyy-MM-dd HH:mm:ss.</summary>
    public required string CreatedAt { get; init; }

    public string? Comment { get; set; } = Comment;
    public string RealName { get; set; } = RealName;

    /// <summary>1 normal, 2 archived, 3 deleted.</summary>
    public int State { get; set; } = 1;
}
