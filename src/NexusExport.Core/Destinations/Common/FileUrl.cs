namespace NexusExport.Destinations.Common;

/// <summary>file:// addresses (RFC 8089) of full paths.</summary>
internal static class FileUrl
{
    /// <summary>
    /// The address of a full path, every segment escaped. Made by hand, because <see cref="Uri"/> takes a percent sign in a file name
    /// for an escape of its own.
    /// </summary>
    public static string From(string fullPath)
    {
        var path = OperatingSystem.IsWindows() ? fullPath.Replace('\\', '/') : fullPath;
        var isShare = path.StartsWith("//", StringComparison.Ordinal);
        var segments = path.TrimStart('/').Split('/').Select(Escape);
        return (isShare ? "file://" : "file:///") + string.Join('/', segments);
    }

    private static string Escape(string segment) =>
        segment is [_, ':'] && OperatingSystem.IsWindows() ? segment : Uri.EscapeDataString(segment);
}
