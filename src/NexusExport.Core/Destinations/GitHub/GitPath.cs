using System.Globalization;

namespace NexusExport.Destinations.GitHub;

/// <summary>
/// Names that git refuses in a path: its own folder's, as Windows and macOS may take it, too (git's fsck: hasDotgit, core.protectNTFS,
/// core.protectHFS).
/// </summary>
internal static class GitPath
{
    /// <summary>Whether git refuses this name of a file or folder.</summary>
    public static bool IsForbidden(string segment)
    {
        // Windows drops dots and spaces at the end and reads what follows a colon as a stream's name; macOS ignores characters that are not seen.
        var seen = string.Concat(segment.Split(':')[0].Where(character => CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.Format));
        var name = seen.TrimEnd('.', ' ').ToUpperInvariant();
        return segment is "" or "." or ".." || name is ".GIT" or "GIT~1";
    }
}
