using NexusExport.Configuration.Drafts;
using NexusExport.Configuration.Sources;

namespace NexusExport.Configuration.Checks;

/// <summary>Checks what depends_on and the settings that name a destination ask for, and gives the names the spelling that the destinations have.</summary>
internal static class DependencyCheck
{
    /// <param name="drafts">All destinations.</param>
    /// <param name="isComplete">Whether these are all; where not, a name that is unknown is a warning only.</param>
    /// <param name="findings">What is found.</param>
    public static void Check(IReadOnlyList<DestinationDraft> drafts, bool isComplete, ConfigurationFindings findings)
    {
        var byName = new Dictionary<string, DestinationDraft>(StringComparer.OrdinalIgnoreCase);
        foreach (var draft in drafts)
        {
            byName.TryAdd(draft.Name, draft);
        }

        foreach (var draft in drafts)
        {
            NamedDependencies.Add(draft, drafts, findings);
        }

        foreach (var draft in drafts)
        {
            draft.DependsOn =
            [
                .. draft.DependsOn.Select(name =>
                    byName.TryGetValue(name.Name, out var other) ? name with { Dependency = name.Dependency with { Name = other.Name } } : name),
            ];
            TellDisabled(draft, byName, findings);
        }

        var graph = new DependencyGraph([.. drafts.Select(draft =>
            new DependencyNode(draft.Name, draft.EffectivePriority, [.. draft.DependsOn.Select(name => name.Name)]))]);
        foreach (var problem in graph.Check())
        {
            if (IsFaultOfItsOwn(byName[problem.Dependant], byName.GetValueOrDefault(problem.Dependency)))
            {
                continue;
            }

            var written = byName[problem.Dependant].DependsOn.First(name => string.Equals(name.Name, problem.Dependency, StringComparison.Ordinal));
            if (problem.IsUnknown && !isComplete)
            {
                findings.Warn(written.Origin, problem.Message);
            }
            else
            {
                findings.Error(written.Origin, problem.Message);
            }
        }
    }

    // The registry of destinations finds the same problem and makes the dependant faulty.
    private static bool IsFaultOfItsOwn(DestinationDraft dependant, DestinationDraft? dependency) =>
        dependant.IsIsolated || dependency is { IsIsolated: true, Type.Fault: not null };

    private static void TellDisabled(DestinationDraft draft, Dictionary<string, DestinationDraft> byName, ConfigurationFindings findings)
    {
        foreach (var name in draft.DependsOn.Where(name => draft.IsEnabled && !name.IsOptional))
        {
            if (byName.TryGetValue(name.Name, out var other) && !other.IsEnabled)
            {
                findings.Warn(
                    name.Origin,
                    $"'{draft.Name}' depends on '{name.Name}', which is disabled: records that '{name.Name}' does not have yet are skipped at "
                    + $"'{draft.Name}'; enable it, or write '{name.Name}?' if '{draft.Name}' can do without it");
            }
        }
    }
}
