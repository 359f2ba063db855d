using NexusExport.Configuration.Sources;

namespace NexusExport.Configuration.Drafts;

/// <summary>The second step of a configuration: the destinations of every source, not yet checked against each other.</summary>
internal sealed record DestinationDrafts
{
    /// <summary>What they were gathered from.</summary>
    public required ConfigurationSources Sources { get; init; }

    /// <summary>All of them.</summary>
    public required IReadOnlyList<DestinationDraft> All { get; init; }

    /// <summary>The configured limits of types, by the type's name.</summary>
    public required IReadOnlyDictionary<string, (IReadOnlyList<RateLimit> Value, Origin Origin)> TypeLimits { get; init; }

    /// <summary>Whether nothing is configured: there is no file, no destination among the variables, none registered.</summary>
    public bool IsUnconfigured { get; init; }

    /// <summary>What came to light so far.</summary>
    public required ConfigurationFindings Findings { get; init; }

    /// <summary>
    /// Gathers those of the file, of the variables, of the database, and of plugins that need no configuration; the local archive where there would be none.
    /// Throws DESTINATION_EXISTS if the one that is about to be registered has the name of a configured one.
    /// </summary>
    public static DestinationDrafts Gather(ConfigurationSources sources)
    {
        var findings = sources.Findings.Copy();
        var types = sources.Types;
        var drafts = new DestinationReader(sources, findings).Read(sources.Content.Destinations);
        var limits = new RateLimitReader(sources.Reader(findings), findings).ReadTypes(sources.Content.RateLimits, types);
        new DestinationVariables(sources.Variables, findings).Apply(drafts, types);
        new RegisteredDestinationReader(sources, limits, findings).Add(drafts);
        var isUnconfigured = sources.File is null && drafts.Count == 0;
        if (isUnconfigured && types.FirstOrDefault(StandardArchive.IsOf) is { } local)
        {
            drafts.Add(new DestinationDraft(local.Name, local, sources.Fallback));
        }

        PluginDestinations.Add(drafts, sources.Plugins, findings);
        return new() { Sources = sources, All = drafts, TypeLimits = limits, IsUnconfigured = isUnconfigured, Findings = findings };
    }
}
