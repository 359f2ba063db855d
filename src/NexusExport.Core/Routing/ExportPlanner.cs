using NexusExport.Configuration;
using NexusExport.Records;

namespace NexusExport.Routing;

/// <summary>Turns a request into a plan.</summary>
internal sealed class ExportPlanner(DestinationRegistry registry, ExportSettings settings)
{
    /// <summary>Throws NO_DESTINATION, DESTINATION_NOT_FOUND, or CONFIGURATION_INVALID where not one of the destinations can be used.</summary>
    public ExportPlan Plan(ExportRequest request)
    {
        var names = Choose(request.DestinationName);
        if (names.Count == 0)
        {
            throw new ExportException(
                ExportErrorCode.NoDestination,
                request.DestinationName.Count > 0
                    ? $"No enabled destination matches {string.Join(", ", request.DestinationName)}."
                    : registry.Names.Count > 0
                        ? $"No destination is enabled; configured are: {string.Join(", ", registry.Names)}."
                        : $"No destination is configured{(settings.ConfigFile is null ? string.Empty : " in " + settings.ConfigFile)}.");
        }

        if (names.TrueForAll(name => registry.FaultsOf(name).Count > 0))
        {
            throw new ExportException(names.Select(name => registry.FaultsOf(name)[0]).First());
        }

        return new ExportPlan(
            Guid.NewGuid().ToString(),
            request.Strategy ?? settings.Strategy,
            names,
            settings.ThrottleLimit,
            request.Force);
    }

    /// <summary>A name in full means that destination, enabled or not; a pattern chooses among the enabled ones.</summary>
    private List<string> Choose(IReadOnlyList<string> requested)
    {
        if (requested.Count == 0)
        {
            return [.. registry.EnabledNames];
        }

        var chosen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in requested)
        {
            if (WildcardPattern.HasWildcards(text))
            {
                var pattern = new WildcardPattern(text);
                chosen.UnionWith(registry.EnabledNames.Where(pattern.Matches));
            }
            else
            {
                chosen.Add(registry.Get(text).Name);
            }
        }

        return [.. registry.Names.Where(chosen.Contains)];
    }
}
