using System.Management.Automation;
using NexusExport.PowerShell.Pumping;

namespace NexusExport.PowerShell.Binding;

/// <summary>Finds configured destinations by name: a literal name that is missing is an error, a wildcard without a match is nothing.</summary>
internal static class DestinationNames
{
    /// <summary>The destinations that <paramref name="names"/> mean, each once, in the order in which they will run.</summary>
    public static IReadOnlyList<DestinationInfo> Select(IReadOnlyList<DestinationInfo> all, IReadOnlyList<string> names, ICmdletStreams streams)
    {
        var chosen = new HashSet<DestinationInfo>(ReferenceEqualityComparer.Instance);
        foreach (var name in names)
        {
            var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
            var found = all.Where(destination => IsMeant(destination.DestinationName, name, pattern)).ToList();
            chosen.UnionWith(found);
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                streams.WriteError(new(ExportErrorCode.DestinationNotFound, $"There is no destination '{name}'."), name);
            }
        }

        return [.. all.Where(chosen.Contains)];
    }

    private static bool IsMeant(string name, string text, WildcardPattern pattern) =>
        string.Equals(name, text, StringComparison.OrdinalIgnoreCase) || pattern.IsMatch(name);
}
