namespace NexusExport.Configuration;

/// <summary>
/// Checks that depends_on names destinations that exist, and that no destination waits for itself; gives the names the spelling
/// that the destinations have.
/// </summary>
internal static class DependencyCheck
{
    public static void Check(IReadOnlyList<DestinationDraft> drafts, ConfigurationFindings findings)
    {
        var byName = new Dictionary<string, DestinationDraft>(StringComparer.OrdinalIgnoreCase);
        foreach (var draft in drafts)
        {
            byName.TryAdd(draft.Name, draft);
        }

        foreach (var draft in drafts)
        {
            draft.DependsOn =
            [
                .. draft.DependsOn.Select(name => byName.TryGetValue(name.Text, out var other) ? new(other.Name, name.Origin) : name),
            ];
        }

        foreach (var draft in drafts)
        {
            foreach (var name in draft.DependsOn)
            {
                if (!byName.ContainsKey(name.Text))
                {
                    var hint = NearestName.Hint(name.Text, byName.Keys);
                    findings.Error(name.Origin, $"'{draft.Name}' depends on '{NearestName.Shorten(name.Text)}', which is no destination{hint}");
                }
                else if (Reaches(name.Text, draft.Name, byName))
                {
                    findings.Error(name.Origin, $"'{draft.Name}' depends on '{name.Text}', which in turn depends on '{draft.Name}'");
                }
            }
        }
    }

    private static bool Reaches(string from, string to, Dictionary<string, DestinationDraft> byName)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var open = new Stack<string>([from]);
        while (open.TryPop(out var name))
        {
            if (string.Equals(name, to, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }

            if (seen.Add(name) && byName.TryGetValue(name, out var draft))
            {
                draft.DependsOn.ToList().ForEach(next => open.Push(next.Text));
            }
        }

        return false;
    }
}
