using System.IO.Enumeration;

namespace NexusExport.Records;

/// <summary>
/// A file, or the record files of a folder. A folder's names (nothing but the names) are listed and sorted beforehand. Sorted, because they
/// begin with the date: the oldest session comes first, and every run has the same order. Beforehand, because a listing under way may skip or
/// repeat names when files leave the folder meanwhile, and exported records do. A hundred thousand names take some 10 MB.
/// </summary>
internal sealed class RecordSource
{
    // Attributes are looked at here: by default hidden files would not even come by.
    private static readonly EnumerationOptions Listing = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    // What other programs put beside a file: macOS its attributes, Emacs and office programs their locks.
    private static readonly string[] Companions = ["._", ".#", ".~", "~$"];

    private readonly IReadOnlyList<string> _names;

    private RecordSource(string path, bool isNamedFile, IReadOnlyList<string> names)
    {
        Path = path;
        IsNamedFile = isNamedFile;
        _names = names;
    }

    public string Path { get; }

    /// <summary>Whether the user named this very file; whatever is wrong with it is then worth telling.</summary>
    public bool IsNamedFile { get; }

    /// <summary>Why the folder could not be listed; null if it could.</summary>
    public ExportFault? Fault { get; private init; }

    /// <summary>
    /// Names in the folder that look like records' but for being hidden (a dot before the name; an attribute on Windows): perhaps half-written, so
    /// they are not read, but told of. What other programs are known to put beside a file is not among them.
    /// </summary>
    public IReadOnlyList<string> Hidden { get; private init; } = [];

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
    public RecordSource Without(RecordSource other) => new(Path, IsNamedFile, _names.Except(other._names, StringComparer.Ordinal).ToList())
    {
        Fault = Fault,
        Hidden = Hidden,
    };

    private static RecordSource AtFolder(string folder)
    {
        try
        {
            var files = new FileSystemEnumerable<(string Name, bool IsHidden)>(
                folder, (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.IsHidden || entry.FileName.StartsWith('.')), Listing)
            {
                ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                    !entry.IsDirectory && FileSystemName.MatchesSimpleExpression("*.xml", entry.FileName, ignoreCase: true),
            }.Where(file => !Array.Exists(
                Companions, prefix => file.Name.StartsWith(prefix, StringComparison.Ordinal))).ToLookup(file => file.IsHidden, file => file.Name);
            return new(folder, isNamedFile: false, [.. files[false].Order(StringComparer.Ordinal)])
            {
                Hidden = [.. files[true].Order(StringComparer.Ordinal)],
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(folder, isNamedFile: false, []) { Fault = RecordFaults.Unreadable(folder, exception) };
        }
    }
}
