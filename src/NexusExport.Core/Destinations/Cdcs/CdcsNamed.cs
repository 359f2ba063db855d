using System.Text.Json;

namespace NexusExport.Destinations.Cdcs;

/// <summary>Anything of CDCS with an id and a name: a workspace, a user.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name; empty where the server tells none.</param>
internal sealed record CdcsNamed(string Id, string Name)
{
    /// <summary>Of a workspace, whether everybody may read it; null where the server does not tell.</summary>
    public bool? IsPublic { get; private init; }

    /// <summary>Reads one of a list; null for one without an id.</summary>
    public static CdcsNamed? From(JsonElement item, string nameField) => CdcsJson.Scalar(item, "id") is { } id
        ? new(id, CdcsJson.Scalar(item, nameField) ?? string.Empty) { IsPublic = Flag(item, "is_public") }
        : null;

    private static bool? Flag(JsonElement item, string field) => !item.TryGetProperty(field, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
