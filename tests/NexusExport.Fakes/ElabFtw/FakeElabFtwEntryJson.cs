using System.Text.Json;
using System.Text.Json.Nodes;

namespace NexusExport.Fakes.ElabFtw;

/// <summary>An entry of a fake eLabFTW as its answers show it: the fields and types of 5.6.12.</summary>
internal sealed class FakeElabFtwEntryJson(FakeElabFtwTeam team, string siteUrl, bool hashed)
{
    private const string Nobody = """{"teams": [], "users": [], "teamgroups": []}""";

    /// <summary>As a list shows it, and the answer to a search for plain words: without text and metadata.</summary>
    public JsonObject Short(FakeElabFtwEntry entry)
    {
        var json = Of(
            ("id", entry.Id), ("title", entry.Title), ("custom_id", entry.CustomId), ("date", entry.Date), ("category", entry.Category), ("status", entry.Status),
            ("team", 1), ("rating", entry.Rating), ("userid", entry.Owner.UserId), ("locked", entry.LockedBy is null ? 0 : 1), ("state", entry.State),
            ("canread", Nobody), ("canwrite", Nobody), ("canread_base", entry.CanReadBase), ("canwrite_base", entry.CanWriteBase),
            ("canread_is_immutable", 0), ("canwrite_is_immutable", 0), ("created_at", entry.CreatedAt), ("modified_at", entry.CreatedAt),
            ("signature_count", 0), ("last_signed_at", null), ("last_signed_by", null), ("timestamped", 0), ("timestampedby", null), ("is_pinned", 0),
            ("status_title", team.StatusTitle(entry.Kind, entry.Status)), ("status_color", team.StatusTitle(entry.Kind, entry.Status) is null ? null : "54AA08"),
            ("category_title", team.CategoryTitle(entry.Kind, entry.Category)), ("category_color", team.CategoryTitle(entry.Kind, entry.Category) is null ? null : "29aeb9"),
            ("recent_comment", null), ("next_step", null), ("firstname", entry.Owner.FirstName), ("lastname", entry.Owner.LastName), ("orcid", null),
            ("fullname", entry.Owner.FullName), ("team_name", (string?)team.Describe()["name"]));
        var tags = entry.Tags.Order(StringComparer.OrdinalIgnoreCase).ToList();
        json["tags"] = tags.Count == 0 ? null : string.Join('|', tags);
        json["tags_id"] = tags.Count == 0 ? null : string.Join(',', tags.Select(team.TagId));
        json["tags_decoded"] = new JsonArray([.. tags.Select(tag => Of(("id", team.TagId(tag)), ("tag", tag), ("is_favorite", false)))]);
        return json;
    }

    /// <summary>As a search in the extended syntax shows it, and full=1.</summary>
    public JsonObject Long(FakeElabFtwEntry entry)
    {
        var json = Short(entry);
        Add(
            json,
            ("body", entry.Body), ("elabid", $"20261121-{entry.Id:x40}"), ("lockedby", entry.LockedBy?.UserId), ("locked_at", entry.LockedAt),
            ("timestamped_at", null), ("content_type", entry.ContentType), ("created_from_id", entry.CreatedFrom), ("created_from_type", entry.CreatedFrom is null ? null : 3),
            ("lastchangeby", entry.LastChangeBy?.UserId), ("metadata", entry.Metadata), ("hide_main_text", 0), ("access_key", null),
            ("page", Page(entry)), ("type", entry.Kind), ("events_start", null), ("events_start_itemid", null));
        if (entry.Kind == "items")
        {
            Add(
                json,
                ("available", 1), ("book_can_overlap", 1), ("book_cancel_minutes", 0), ("book_is_cancellable", 1), ("book_max_minutes", 0), ("book_max_slots", 0),
                ("book_users_can_in_past", 0), ("booking_hourly_rate_currency", 0), ("booking_hourly_rate_notax", "0.00"), ("booking_hourly_rate_tax", "0.00"),
                ("booking_window_days", 0), ("canbook", Nobody), ("canbook_base", 30), ("is_bookable", 0), ("is_procurable", 0), ("proc_currency", 0),
                ("proc_pack_qty", 0), ("proc_price_notax", "0.00"), ("proc_price_tax", "0.00"));
        }

        return json;
    }

    /// <summary>Alone, with all that belongs to it.</summary>
    public JsonObject Whole(FakeElabFtwEntry entry)
    {
        var json = Long(entry);
        Add(
            json,
            ("body_html", entry.Body), ("canread_base_human", "Only members of the team"), ("canwrite_base_human", "Only owner and admins"),
            ("created_from_type_human", entry.CreatedFrom is null ? null : "experiment template"), ("exclusive_edit_mode", null), ("sharelink", $"{siteUrl}/{Page(entry)}?mode=view&id={entry.Id}"),
            ("page", Page(entry)[..^".php".Length]));
        foreach (var list in (string[])
        [
            "comments", "compounds_links", "containers", "experiments_links", "items_links", "related_experiments_links", "related_items_links", "steps",
            "surrounding_bookers",
        ])
        {
            json[list] = new JsonArray();
        }

        if (entry.Kind == "items")
        {
            json["canbook_base_human"] = "Only members of the team";
        }

        if (entry.Metadata is not null)
        {
            json["metadata_decoded"] = JsonNode.Parse(entry.Metadata);
        }

        json["changelog"] = new JsonArray(Of(
            ("created_at", entry.CreatedAt), ("target", "created"), ("content", "Experiment was created"), ("fullname", entry.Owner.FullName), ("userid", entry.Owner.UserId)));
        json["uploads"] = new JsonArray(
            [.. entry.Uploads.Reverse().Where(upload => upload.State == 1).Select(upload => FakeElabFtwAnswers.Upload(entry, upload, hashed))]);
        return json;
    }

    private static string Page(FakeElabFtwEntry entry) => entry.Kind == "items" ? "database.php" : "experiments.php";

    private static JsonObject Of(params (string Name, JsonNode? Value)[] fields)
    {
        var json = new JsonObject();
        Add(json, fields);
        return json;
    }

    private static void Add(JsonObject json, params (string Name, JsonNode? Value)[] fields)
    {
        foreach (var (name, value) in fields)
        {
            json[name] = value;
        }
    }
}
