namespace NexusExport.Destinations.LabArchives;

/// <summary>The pages that the notebook had when its tree was read, by the place that they stand for.</summary>
internal sealed class LabArchivesListing : IContentListing
{
    private readonly Dictionary<(string Instrument, string Page), List<string>> _pages = [];

    /// <summary>Adds a page of an instrument's folder.</summary>
    public void Add(string instrument, LabArchivesNode page)
    {
        var key = (LabArchivesName.Normal(instrument), LabArchivesName.Normal(page.Name));
        if (!_pages.TryGetValue(key, out var ids))
        {
            _pages[key] = ids = [];
        }

        ids.Add(page.Id);
    }

    /// <summary>Tree ids of a record's pages; empty for none.</summary>
    public IReadOnlyList<string> PagesOf(LabArchivesPlace place) =>
        _pages.GetValueOrDefault((LabArchivesName.Normal(place.Instrument), LabArchivesName.Normal(place.PageName))) ?? [];

    /// <summary>A session without a page has nothing there. What is on a page only the page tells.</summary>
    public ListedContent Find(ExportContext context) => PagesOf(LabArchivesPlace.Of(context.Document)).Count == 0 ? ListedContent.Absent : ListedContent.Unsure;
}
