using System.Collections.Concurrent;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.LabArchives;

/// <summary>A page that records go to.</summary>
/// <param name="Id">Its tree id.</param>
/// <param name="IsNew">Whether this run made it: then nothing is on it but what this run wrote.</param>
internal sealed record LabArchivesPage(string Id, bool IsNew);

/// <summary>An instrument's folder (all folders of its name) and the pages in it, as this run knows them.</summary>
/// <param name="listed">What was in them when they were found.</param>
/// <param name="makePage">Makes a page of a name in the first and returns its tree id.</param>
internal sealed class LabArchivesFolder(IReadOnlyList<LabArchivesNode> listed, Func<string, CancellationToken, Task<string>> makePage)
{
    private readonly ConcurrentDictionary<string, SharedLookup<LabArchivesPage>> _pages = new(StringComparer.Ordinal);

    /// <summary>The page of a name, made now if it is not there; records of one session share it.</summary>
    public Task<LabArchivesPage> PageAsync(string name, CancellationToken cancellationToken) =>
        _pages.GetOrAdd(name, _ => new(token => FindOrMakeAsync(name, token))).GetAsync(cancellationToken);

    private async Task<LabArchivesPage> FindOrMakeAsync(string name, CancellationToken cancellationToken)
    {
        var pages = listed.Where(node => node.Is(page: true, name)).ToList();
        return (pages.Find(page => page.CanWrite) ?? pages.FirstOrDefault()) is { } there
            ? new(there.Id, IsNew: false)
            : new(await makePage(name, cancellationToken), IsNew: true);
    }
}
