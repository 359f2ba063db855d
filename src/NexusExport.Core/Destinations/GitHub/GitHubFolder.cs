using System.Globalization;
using System.Text;
using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.GitHub;

/// <summary>Where a record goes in the folder.</summary>
/// <param name="Name">Its file's name.</param>
/// <param name="Sha">Git's id of what that name stands for now; null where it is free.</param>
/// <param name="IsThere">Whether that is the record's content.</param>
internal sealed record GitHubPlace(string Name, string? Sha, bool IsThere);

/// <summary>
/// The names of the folder that records go to, as they were read and with what was learned since. Names that a file system somewhere takes
/// for one (by case, by Unicode's forms) are one here, too: else whoever clones the repository on Windows or macOS would have one file of two.
/// Used by several records at once.
/// </summary>
internal sealed class GitHubFolder
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _shas;
    private readonly HashSet<string> _taken;
    private readonly Dictionary<string, List<string>> _names = new(StringComparer.Ordinal);

    public GitHubFolder(IReadOnlyDictionary<string, string> files)
    {
        _shas = new(files.Count, StringComparer.Ordinal);
        _taken = new(files.Count, StringComparer.Ordinal);
        foreach (var (name, sha) in files)
        {
            Add(name, sha);
        }
    }

    /// <summary>
    /// The place of a content under a name: where it stands already, else the name's own if it is <paramref name="replaced"/>, else the
    /// first of name.xml, name_1.xml, … that is free.
    /// </summary>
    public GitHubPlace Choose(string name, string blob, bool replaced)
    {
        lock (_lock)
        {
            if (Find(name, blob, replaced) is { } there)
            {
                return new(there, blob, IsThere: true);
            }

            return replaced
                ? new(name, _shas.GetValueOrDefault(name), IsThere: false)
                : new(
                    Numbers().Select(number => SafeFileName.WithNumber(name, number)).First(candidate => !_taken.Contains(Fold(candidate))),
                    Sha: null,
                    IsThere: false);
        }
    }

    /// <summary>The name under which a content stands: its own or a numbered one; null where it does not.</summary>
    public string? NameOf(string name, string blob, bool replaced)
    {
        lock (_lock)
        {
            return Find(name, blob, replaced);
        }
    }

    /// <summary>Writes down what a name stands for, as was just seen or made; null for nothing.</summary>
    public void Learn(string name, string? sha)
    {
        lock (_lock)
        {
            if (sha is not null)
            {
                Add(name, sha);
            }
            else if (_shas.Remove(name) && !_shas.Keys.Any(other => Fold(other) == Fold(name)))
            {
                _taken.Remove(Fold(name));
            }
        }
    }

    /// <summary>Keeps a name free for something that is on its way there.</summary>
    public void Reserve(string name)
    {
        lock (_lock)
        {
            _taken.Add(Fold(name));
        }
    }

    /// <summary>Whether a file is the name's own or one of its numbered ones.</summary>
    public static bool StandsFor(string file, string name)
    {
        var folded = Fold(file);
        if (folded == Fold(name))
        {
            return true;
        }

        var stem = Path.GetFileNameWithoutExtension(file);
        return int.TryParse(stem[(stem.LastIndexOf('_') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0
            && folded == Fold(SafeFileName.WithNumber(name, number));
    }

    private void Add(string name, string sha)
    {
        _shas[name] = sha;
        _taken.Add(Fold(name));
        if (!_names.TryAdd(sha, [name]))
        {
            _names[sha].Add(name);
        }
    }

    private string? Find(string name, string blob, bool replaced)
    {
        if (_shas.GetValueOrDefault(name) == blob)
        {
            return name;
        }

        return replaced || !_names.TryGetValue(blob, out var names)
            ? null
            : names.Find(candidate => _shas.GetValueOrDefault(candidate) == blob && StandsFor(candidate, name));
    }

    private static IEnumerable<int> Numbers() => Enumerable.Range(0, int.MaxValue);

    private static string Fold(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormC).ToUpperInvariant();
        }
        catch (ArgumentException)
        {
            // No valid text: nothing but itself is the same.
            return name;
        }
    }
}
