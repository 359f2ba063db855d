namespace NexusExport.Records;

/// <summary>
/// A file, or the record files of a folder. A folder's names (nothing but the names) are listed and sorted beforehand. Sorted, because they
/// begin with the date: the oldest session comes first, and every run has the same order. Beforehand, because a listing under way may skip or
/// repeat names when files leave the folder meanwhile, and exported records do. A hundred thousand names take some 10 MB.
/// </summary>
internal sealed class RecordSource
{
    private static readonly EnumerationOptions Listing = new() { MatchCasing = MatchCasing.CaseInsensitive, IgnoreInaccessible = false };

    private readonly IReadOnlyList<string> _names;

    private RecordSource(string path, bool isNamedFile, IReadOnlyList<string> names, ExportFault? fault = null)
    {
        Path = path;
        IsNamedFile = isNamedFile;
        _names = names;
        Fault = fault;
    }

    public string Path { get; }

    /// <summary>Whether the user named this very file; whatever is wrong with it is then worth telling.</summary>
    public bool IsNamedFile { get; }

    /// <summary>Why the folder could not be listed; null if it could.</summary>
    public ExportFault? Fault { get; }

    /// <summary>Throws RECORD_NOT_FOUND if nothing is there.</summary>
    public static RecordSource At(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (File.Exists(full))
        {
            return new(full, isNamedFile: true, [full]);
        }

        return Directory.Exists(full) ? AtFolder(full) : throw new ExportException(RecordFaults.NotFound(full));
    }

    /// <summary>Full paths, in order.</summary>
    public IEnumerable<string> Files() => _names.Select(name => System.IO.Path.Combine(Path, name));

    /// <summary>This folder without the names that <paramref name="other"/> has, too.</summary>
    public RecordSource Without(RecordSource other) => new(Path, IsNamedFile, _names.Except(other._names, StringComparer.Ordinal).ToList(), Fault);

    private static RecordSource AtFolder(string folder)
    {
        try
        {
            var names = Directory.EnumerateFiles(folder, "*.xml", Listing)
                .Select(file => System.IO.Path.GetFileName(file))
                .Where(name => !name.StartsWith('.') && !name.StartsWith("~$", StringComparison.Ordinal))
                .ToList();
            names.Sort(StringComparer.Ordinal);
            return new(folder, isNamedFile: false, names);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(folder, isNamedFile: false, [], RecordFaults.Unreadable(folder, exception));
        }
    }
}
