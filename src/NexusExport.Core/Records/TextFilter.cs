namespace NexusExport.Records;

/// <summary>A text filter as people type it: any of several patterns; none lets everything through.</summary>
internal sealed class TextFilter(IReadOnlyList<string> patterns)
{
    private readonly List<WildcardPattern> _patterns = patterns.Select(pattern => new WildcardPattern(pattern)).ToList();

    // An identifier with brackets in it, as one command hands it to the next, means itself.
    public bool LetsThrough(string? text) =>
        _patterns.Count == 0
        || (text is not null
            && (_patterns.Exists(pattern => pattern.Matches(text)) || patterns.Contains(text, StringComparer.OrdinalIgnoreCase)));
}
