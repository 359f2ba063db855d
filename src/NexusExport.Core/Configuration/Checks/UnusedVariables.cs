using NexusExport.Configuration.Drafts;
using NexusExport.Configuration.Sources;
using NexusExport.Security;

namespace NexusExport.Configuration.Checks;

/// <summary>Tells of variables that are set in good faith, by their beginning, and have no effect.</summary>
internal sealed class UnusedVariables(VariableSet variables, ConfigurationFindings findings)
{
    // Types that NexusLIMS configures by variables, with the beginning of their names.
    private static readonly (string Type, string Prefix)[] Groups =
    [
        ("cdcs", "NX_CDCS_"),
        ("elabftw", "NX_ELABFTW_"),
        ("labarchives", "NX_LABARCHIVES_"),
    ];

    // Names that others use for what is not one setting here.
    private static readonly Dictionary<string, string> Misunderstood = new(StringComparer.OrdinalIgnoreCase)
    {
        ["NX_LABARCHIVES_API_KEY"] =
            "LabArchives has no single key; set NX_LABARCHIVES_ACCESS_KEY_ID and NX_LABARCHIVES_ACCESS_PASSWORD (your organization's) and NX_LABARCHIVES_USER_ID (the account's)",
    };

    /// <summary>Adds a warning for each.</summary>
    /// <param name="drafts">All destinations: what their secrets refer to is used.</param>
    /// <param name="types">The kinds of destination there are.</param>
    public void Tell(IReadOnlyList<DestinationDraft> drafts, IReadOnlyCollection<DestinationType> types)
    {
        var referred = drafts.SelectMany(draft => draft.Texts.Values)
            .Select(text => SecretReference.Parse(text.Text))
            .Where(reference => reference.Scheme == SecretScheme.Variable)
            .Select(reference => reference.Target)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, prefix) in Groups)
        {
            var unused = variables.WithPrefix(prefix).Where(variable => !referred.Contains(variable)).ToList();
            if (types.FirstOrDefault(type => string.Equals(type.Name, name, StringComparison.Ordinal)) is { } type)
            {
                unused.ForEach(variable => TellIfUnknown(variable, type));
            }
            else if (unused.Count > 0)
            {
                findings.Warnings.Add($"{unused[0]} is set, but this version has no {name} destination: nothing is sent there.");
            }
        }
    }

    private void TellIfUnknown(string variable, DestinationType type)
    {
        var known = type.Settings.SelectMany(DestinationVariables.Of).ToList();
        if (!known.Contains(variable, StringComparer.OrdinalIgnoreCase))
        {
            findings.Warnings.Add($"{variable} is set but not used: {(Misunderstood.TryGetValue(variable, out var meant) ? meant : Advice(variable, type))}.");
        }
    }

    private static string Advice(string variable, DestinationType type)
    {
        var known = type.Settings.Select(setting => setting.Variable).OfType<string>().ToList();
        return $"the variables of {type.Name} are {string.Join(", ", known)}";
    }
}
