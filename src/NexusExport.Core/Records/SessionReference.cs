namespace NexusExport.Records;

/// <summary>The short form of a session identifier, as NexusLIMS puts it into file names.</summary>
internal static class SessionReference
{
    /// <summary>
    /// The id= of a URL's query, else the last segment of its path, else the first segment of a UUID, else the identifier itself;
    /// null where nothing is left.
    /// </summary>
    public static string? Shorten(string? identifier)
    {
        if (string.IsNullOrWhiteSpace(identifier))
        {
            return null;
        }

        if (Uri.TryCreate(identifier, UriKind.Absolute, out var url) && !url.IsFile)
        {
            return IdOf(url.Query) ?? url.Segments.Select(segment => segment.Trim('/')).LastOrDefault(segment => segment.Length > 0);
        }

        return Guid.TryParseExact(identifier, "D", out _) ? identifier.Split('-')[0] : identifier.Trim();
    }

    private static string? IdOf(string query) => query
        .TrimStart('?')
        .Split('&')
        .Where(pair => pair.StartsWith("id=", StringComparison.OrdinalIgnoreCase) && pair.Length > "id=".Length)
        .Select(pair => Uri.UnescapeDataString(pair["id=".Length..]))
        .FirstOrDefault();
}
