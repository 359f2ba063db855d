using NexusExport.Configuration.Drafts;
using NexusExport.Configuration.Sources;

namespace NexusExport.Configuration.Checks;

/// <summary>
/// Makes dependencies of the settings that name another destination (cdcs_destination), all of them optional: the entry is made without the link
/// where the other one does not have the record.
/// </summary>
internal static class NamedDependencies
{
    /// <summary>Adds those of one destination to its depends_on. What a setting was given is held to the rules of depends_on; a default is not.</summary>
    /// <param name="draft">The destination.</param>
    /// <param name="drafts">All destinations.</param>
    /// <param name="findings">Told why a default has no effect, where that is not plain.</param>
    public static void Add(DestinationDraft draft, IReadOnlyList<DestinationDraft> drafts, ConfigurationFindings findings)
    {
        foreach (var setting in draft.Type.Settings.Where(setting => setting.NamesDestination))
        {
            var given = draft.Texts.GetValueOrDefault(setting.Name);
            var name = string.IsNullOrWhiteSpace(given?.Text) ? null : given.Text.Trim();
            if (name is not null)
            {
                Add(draft, new(new(name, IsOptional: true), given!.Origin));
            }
            else if (setting.Default is { } standard && draft.IsEnabled)
            {
                AddDefault(draft, setting, standard, drafts, findings);
            }
        }
    }

    private static void AddDefault(
        DestinationDraft draft, SettingDefinition setting, string name, IReadOnlyList<DestinationDraft> drafts, ConfigurationFindings findings)
    {
        if (drafts.FirstOrDefault(other => IsSame(other.Name, name)) is { } there)
        {
            if (there.EffectivePriority < draft.EffectivePriority)
            {
                findings.Warn(
                    draft.Origin,
                    $"'{draft.Name}' (priority {draft.EffectivePriority}) runs before '{there.Name}' (priority {there.EffectivePriority}) and cannot link to what that one "
                    + $"makes; give '{there.Name}' a priority of {draft.EffectivePriority} or more");
            }
            else if (!there.DependsOn.Any(dependency => IsSame(dependency.Name, draft.Name)))
            {
                Add(draft, new(new(there.Name, IsOptional: true), draft.Origin));
            }
        }
        else if (drafts.FirstOrDefault(other => IsSame(other.Type.Name, name) && other.IsEnabled) is { } namesake)
        {
            findings.Warn(
                draft.Origin,
                $"'{draft.Name}' links to the destination '{name}', which is not configured; write {setting.Name}: {namesake.Name} to link to that one");
        }
    }

    // What stands in depends_on already is the stricter or the same.
    private static void Add(DestinationDraft draft, DependencyName dependency)
    {
        if (!draft.DependsOn.Any(known => IsSame(known.Name, dependency.Name)))
        {
            draft.DependsOn = [.. draft.DependsOn, dependency];
        }
    }

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
