namespace NexusExport.Store.Sqlite;

/// <summary>Which file a database is.</summary>
internal static class SqlitePath
{
    /// <summary>
    /// Full path of the file itself: behind a symbolic link, so that every process puts its locks beside the same file. It must be on a local
    /// disk: write-ahead logging and the run locks need file locks that network shares do not keep reliably.
    /// </summary>
    public static string ResolvePath(this StoreOptions options)
    {
        var full = Path.GetFullPath(options.Path);
        return File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
    }
}
