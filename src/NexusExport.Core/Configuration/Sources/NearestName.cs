namespace NexusExport.Configuration.Sources;

/// <summary>Finds what a misspelt name was probably meant to be.</summary>
internal static class NearestName
{
    private const int ShownLength = 60;

    /// <summary>"; did you mean 'x'?" where one of <paramref name="known"/> is near, else "; known: a, b, c".</summary>
    public static string Hint(string name, IEnumerable<string> known)
    {
        var candidates = known.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return Find(name, candidates) is { } nearest ? $"; did you mean '{nearest}'?"
            : candidates.Count > 0 ? $"; known: {string.Join(", ", candidates)}"
            : string.Empty;
    }

    /// <summary>The nearest of <paramref name="known"/>; null where none is near. Case, - and _ do not count.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        var wanted = Plain(Shorten(name));
        var (nearest, distance) = known
            .Select(candidate => (Name: candidate, Distance: Distance(wanted, Plain(candidate))))
            .OrderBy(pair => pair.Distance)
            .FirstOrDefault();
        return nearest is not null && distance <= Math.Max(1, nearest.Length / 3) ? nearest : null;
    }

    /// <summary>Whether two spellings (best_effort, BestEffort, best-effort) mean the same word.</summary>
    public static bool SameWord(string left, string right) => string.Equals(Plain(left), Plain(right), StringComparison.Ordinal);

    /// <summary>The name as it may be shown: not a whole page of it.</summary>
    public static string Shorten(string name) => name.Length <= ShownLength ? name : name[..ShownLength] + "…";

    private static string Plain(string name) =>
        name.Replace("_", string.Empty, StringComparison.Ordinal).Replace("-", string.Empty, StringComparison.Ordinal).ToLowerInvariant();

    // Levenshtein's distance, one row at a time.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
