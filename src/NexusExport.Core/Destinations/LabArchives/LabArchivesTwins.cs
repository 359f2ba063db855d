using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NexusExport.Diagnostics;

namespace NexusExport.Destinations.LabArchives;

/// <summary>
/// Tells, once a run each, of what is there more than once. No program can delete it, and none should: somebody may have written on either.
/// </summary>
internal sealed class LabArchivesTwins(string destination, ILogger logger)
{
    private const int MostNames = 1000;

    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    /// <summary>Warns where there are several.</summary>
    /// <param name="kind">What they are, in the plural.</param>
    /// <param name="name">What they have in common.</param>
    /// <param name="ids">Each one's id.</param>
    public void Tell(string kind, string name, IReadOnlyList<string> ids)
    {
        if (ids.Count > 1 && _told.Count < MostNames && _told.TryAdd($"{kind}/{name}", value: true))
        {
            logger.LogWarning(
                ExportEvents.TwinsFound,
                "{Destination} has {Count} {Kind} '{Name}' ({Ids}); the record is looked for in all of them. Two machines with a journal each that "
                + "export at once make such; merge them by hand in the notebook.",
                destination,
                ids.Count,
                kind,
                name,
                string.Join(", ", ids));
        }
    }
}
