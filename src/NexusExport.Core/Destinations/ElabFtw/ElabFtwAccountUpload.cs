using System.Text.Json;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>A file as the list of an account's files shows it.</summary>
/// <param name="Upload">The file.</param>
/// <param name="Kind">experiments, items or others; null where it is not told.</param>
/// <param name="EntryId">What it is attached to; null where that is gone or not told.</param>
internal sealed record ElabFtwAccountUpload(ElabFtwUpload Upload, string? Kind, string? EntryId)
{
    public static ElabFtwAccountUpload From(JsonElement item) =>
        new(ElabFtwUpload.From(item), ElabFtwJson.Text(item, "type"), ElabFtwJson.IdOrNull(ElabFtwJson.Text(item, "entity_id")));
}
