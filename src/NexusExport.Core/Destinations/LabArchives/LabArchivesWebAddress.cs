namespace NexusExport.Destinations.LabArchives;

/// <summary>Where people look at the notebook. Each region's API has a web address of its own.</summary>
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

    /// <summary>
    /// Address of the notebook. That of a page ends in two numbers which the API does not tell, so folder and page are named in the metadata.
    /// </summary>
    public static string OfNotebook(LabArchivesDestinationSettings settings) =>
        $"{settings.WebUrl ?? Derive(settings.Url)}/{Uri.EscapeDataString(settings.NotebookId).Replace("%3D", "=", StringComparison.Ordinal)}";

    private static string Derive(string url)
    {
        var address = new Uri(url);
        var region = Array.Find(Regions, region => string.Equals(region.Api, address.Host, StringComparison.OrdinalIgnoreCase));
        return region.Web is null ? url : $"https://{region.Web}";
    }
}
