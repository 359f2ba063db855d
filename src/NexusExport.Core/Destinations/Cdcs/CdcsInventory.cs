using System.Security.Cryptography;
using System.Text;

namespace NexusExport.Destinations.Cdcs;

/// <summary>What a server held of a template when it was listed: titles, places and hashes of the contents, which are not kept themselves.</summary>
internal sealed class CdcsInventory
{
    private readonly Dictionary<string, List<CdcsHolding>> _byTitle = new(StringComparer.Ordinal);

    /// <summary>Whether every record is in it: without that, what is not in it may be there all the same.</summary>
    public bool IsWhole { get; set; } = true;

    /// <summary>Whether records of other accounts are in it, too.</summary>
    public required bool HasOthers { get; init; }

    /// <summary>Id of the workspace that records go to; null for none.</summary>
    public required string? WorkspaceId { get; init; }

    /// <summary>Ids of all users by their names; null where records are handed to nobody.</summary>
    public required IReadOnlyDictionary<string, string>? Users { get; init; }

    /// <summary>How many records are in it.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a record in.</summary>
    public void Add(CdcsEntry record)
    {
        Count++;
        if (record.Title is null)
        {
            // It may be any.
            IsWhole = false;
            return;
        }

        var title = CdcsTitle.Trim(record.Title);
        if (!_byTitle.TryGetValue(title, out var holdings))
        {
            _byTitle[title] = holdings = [];
        }

        var hash = record.Content is null ? null : HashOf(CdcsContent.Normalize(record.Content));
        holdings.Add(new(record with { Content = null }, hash));
    }

    /// <summary>The records of a title whose content is this one, or was not told.</summary>
    public IEnumerable<CdcsHolding> Of(string title, CdcsContent content)
    {
        if (!_byTitle.TryGetValue(title, out var holdings))
        {
            return [];
        }

        var wanted = HashOf(content.Normalize());
        return holdings.Where(holding => holding.Hash is null || holding.Hash == wanted);
    }

    private static string HashOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>A record in an inventory.</summary>
/// <param name="Record">What the list told of it, without its content.</param>
/// <param name="Hash">Hash of its content; null where the list had none.</param>
internal sealed record CdcsHolding(CdcsEntry Record, string? Hash);
