using System.Text.Json;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.Drive;

/// <summary>What Drive tells of the folder that records go to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsFolder">Whether it is one at all.</param>
/// <param name="DriveId">The shared drive that it lies in; null for somebody's own Drive.</param>
/// <param name="CanAddChildren">Whether the account may put files into it.</param>
internal sealed record DriveFolder(string Name, bool IsFolder, string? DriveId, bool CanAddChildren)
{
    private const string FolderType = "application/vnd.google-apps.folder";

    /// <summary>Reads it; what Drive does not tell is taken to be in order, for the first record tells otherwise.</summary>
    public static DriveFolder Read(JsonElement item) => new(
        JsonFields.Text(item, "name") ?? string.Empty,
        JsonFields.Text(item, "mimeType") is null or FolderType,
        JsonFields.Text(item, "driveId"),
        JsonFields.Group(item, "capabilities") is not { } capabilities
            || !capabilities.TryGetProperty("canAddChildren", out var may)
            || may.ValueKind != JsonValueKind.False);
}
