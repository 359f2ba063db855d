namespace NexusExport.Destinations.LabArchives;

/// <summary>Where people look at pages. Each region's API has a web address of its own.</summary>
internal static class LabArchivesWebAddress
{
    // LabArchives API, "API Overview", and help center, "Institutional Single Sign-on" (2025-11).
    private static readonly (string Api, string Web)[] Regions =
    [
        ("api.labarchives.com", "mynotebook.labarchives.com"),
        ("auapi.labarchives.com", "au-mynotebook.labarchives.com"),
        ("caapi.labarchives.com", "ca-mynotebook.labarchives.com"),
        ("ukapi.labarchives.com", "uk-mynotebook.labarchives.com"),
        ("euapi.labarchives.com", "eu-mynotebook.labarchives.com"),
    ];

    /// <summary>Address of a page, in the form that NexusLIMS writes: LabArchives documents none.</summary>
    public static string OfPage(LabArchivesDestinationSettings settings, string pageId) =>
        $"{settings.WebUrl ?? Derive(settings.Url)}/#/{Uri.EscapeDataString(settings.NotebookId)}/{Uri.EscapeDataString(pageId)}";

    private static string Derive(string url)
    {
        var address = new Uri(url);
        var region = Array.Find(Regions, region => string.Equals(region.Api, address.Host, StringComparison.OrdinalIgnoreCase));
        return region.Web is null ? url : $"https://{region.Web}";
    }
}
