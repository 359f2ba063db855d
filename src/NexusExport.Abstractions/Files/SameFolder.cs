namespace NexusExport;

/// <summary>Tells whether two paths mean one folder, of which neither need be there yet.</summary>
internal static class SameFolder
{
    /// <summary>
    /// Compares what exists of the two paths by identity, so that links, mounts and case make no difference, and what does not exist yet
    /// by its text.
    /// </summary>
    public static bool Is(string path, string other)
    {
        var (left, right) = (Locate(path), Locate(other));
        return string.Equals(left.Missing, right.Missing, PathComparison)
            && (left.Existing is { } identity && right.Existing is { } otherIdentity
                ? identity == otherIdentity
                : string.Equals(left.Ancestor, right.Ancestor, PathComparison));
    }

    /// <summary>Whether two full paths are written alike, apart from a separator at the end; asks no file system.</summary>
    public static bool IsWritten(string? path, string other) =>
        path is not null && string.Equals(Path.TrimEndingDirectorySeparator(path), Path.TrimEndingDirectorySeparator(other), PathComparison);

    // Only where nothing exists that could be asked: these systems' own disks ignore case, Linux's do not.
    private static StringComparison PathComparison => OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
        ? StringComparison.OrdinalIgnoreCase
        : StringComparison.Ordinal;

    private static (FileIdentity? Existing, string Ancestor, string Missing) Locate(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var existing = full;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            existing = parent;
        }

        return (FileIdentity.Of(existing), existing, Path.GetRelativePath(existing, full));
    }
}
