using System.Text.Json;

namespace NexusExport.Destinations.Drive;

/// <summary>What Drive tells of the folder that records go to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsFolder">Whether it is one at all.</param>
/// <param name="DriveId">The shared drive that it lies in; null for somebody's own Drive.</param>
/// <param name="CanAddChildren">Whether the account may put files into it.</param>
internal sealed record DriveFolder(string Name, bool IsFolder, string? DriveId, bool CanAddChildren)
{
    /// <summary>Throws what JsonElement throws for anything that is no file.</summary>
    public static DriveFolder Read(JsonElement item) => new(
        item.GetProperty("name").GetString() ?? string.Empty,
        item.GetProperty("mimeType").GetString() == "application/vnd.google-apps.folder",
        item.TryGetProperty("driveId", out var drive) ? drive.GetString() : null,
        item.TryGetProperty("capabilities", out var capabilities)
            && capabilities.TryGetProperty("canAddChildren", out var may)
            && may.ValueKind == JsonValueKind.True);
}
