namespace NexusExport.Destinations.Drive;

/// <summary>Search expressions of files.list (https://developers.google.com/workspace/drive/api/guides/search-files).</summary>
internal static class DriveQuery
{
    /// <summary>Everything in the folder that is not in the trash.</summary>
    public static string InFolder(string folderId) => $"{Quote(folderId)} in parents and trashed = false";

    /// <summary>Of that, what has this name.</summary>
    public static string ByName(string name, string folderId) => $"name = {Quote(name)} and {InFolder(folderId)}";

    /// <summary>Of those, the ones that we marked with this hash.</summary>
    public static string ByHash(string name, string folderId, string hash) =>
        $"{ByName(name, folderId)} and appProperties has {{ key={Quote(DriveUploadBody.HashProperty)} and value={Quote(hash)} }}";

    /// <summary>A text as the query language writes it: backslashes and single quotes escaped.</summary>
    public static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
