using NexusExport.Destinations.Common;

namespace NexusExport;

/// <summary>
/// The names that the files of one download get. Titles are not unique on a CDCS server: the first record of a title has the title as its
/// file's name, each other one of the same call has its id as well, so that none of them replaces another. Not for several threads.
/// </summary>
public sealed class CdcsFileNames
{
    // Some file systems do not tell names apart by case.
    private readonly Dictionary<string, string> _takenBy = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The full path for a record; the same again for the same record.</summary>
    internal string Take(string folder, string title, string destination, string id)
    {
        var record = $"{destination}/{id}";
        var name = SafeFileName.From(HasExtension(title) ? title : title + ".xml");
        var path = Path.Combine(folder, name);
        for (var number = 0; !IsFree(path, record); number++)
        {
            var ending = number == 0 ? $"_{id}" : $"_{id}_{number}";
            path = Path.Combine(folder, SafeFileName.WithEnding(name, SafeFileName.From(ending)));
        }

        _takenBy[path] = record;
        return path;
    }

    private static bool HasExtension(string title) => title.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);

    private bool IsFree(string path, string record) => !_takenBy.TryGetValue(path, out var other) || other == record;
}
