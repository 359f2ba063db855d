namespace NexusExport.Records;

/// <summary>
/// A text filter as people type it: any of several patterns; none lets everything through. Thousands of plain names, as one command hands them
/// to the next, cost no more than one.
/// </summary>
internal sealed class TextFilter(IReadOnlyList<string> patterns)
{
    // An identifier with brackets in it, as one command hands it to the next, means itself.
    private readonly HashSet<string> _names = new(patterns, StringComparer.OrdinalIgnoreCase);
    private readonly List<WildcardPattern> _patterns = patterns.Where(pattern => !IsPlain(pattern)).Select(pattern => new WildcardPattern(pattern)).ToList();

    public bool LetsThrough(string? text) =>
        _names.Count == 0 || (text is not null && (_names.Contains(text) || _patterns.Exists(pattern => pattern.Matches(text))));

    private static bool IsPlain(string pattern) => pattern.AsSpan().IndexOfAny("*?[`") < 0;
}
