using System.Globalization;
using System.Text.Json.Nodes;

namespace NexusExport.Fakes.ElabFtw;

/// <summary>The tags of a fake eLabFTW's entries: bars become spaces, backslashes go, an empty one is refused.</summary>
internal sealed class FakeElabFtwTags(FakeElabFtwOptions options, FakeElabFtwTeam team)
{
    private const int MaxLength = 255;

    public FakeAnswer List(FakeElabFtwEntry entry) => FakeElabFtwAnswers.List(
        entry.Tags.Select(tag => new JsonObject { ["tag"] = tag, ["tag_id"] = team.TagId(tag), ["is_favorite"] = 0 }));

    public FakeAnswer Add(FakeElabFtwEntry entry, string tag, FakeElabFtwAccount account, Func<string, FakeAnswer> created) =>
        Add(entry, tag, account) ?? created($"{entry.Kind}/{entry.Id}/tags/{team.TagId(Kept(tag))}");

    /// <summary>Adds a tag; why it is refused, or null.</summary>
    public FakeAnswer? Add(FakeElabFtwEntry entry, string asked, FakeElabFtwAccount account)
    {
        var tag = Kept(asked);
        if (tag.Length == 0)
        {
            return Refuse("Input is too short! (minimum: 1)");
        }

        if (!team.HasTag(tag) && !account.IsAdmin && !team.Allows("user_create_tag"))
        {
            return Refuse("Users cannot create tags.");
        }

        if (tag.Length > MaxLength)
        {
            return FakeElabFtwAnswers.Error(500, "Data too long for column 'tag' at row 1", code: 1406);
        }

        team.Add(tag);
        if (!entry.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase))
        {
            entry.Tags.Add(tag);
        }

        return null;
    }

    /// <summary>Takes a tag off.</summary>
    public void Remove(FakeElabFtwEntry entry, string id)
    {
        if (entry.Tags.FirstOrDefault(tag => team.TagId(tag).ToString(CultureInfo.InvariantCulture) == id) is { } found)
        {
            entry.Tags.Remove(found);
        }
    }

    private FakeAnswer Refuse(string message) => FakeElabFtwAnswers.Error(400, options.Translations.GetValueOrDefault(message, message));

    private static string Kept(string tag) => tag.Replace(@"\", string.Empty, StringComparison.Ordinal).Replace('|', ' ').Trim();
}
