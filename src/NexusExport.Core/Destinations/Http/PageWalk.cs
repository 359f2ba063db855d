using System.Globalization;

namespace NexusExport.Destinations.Http;

/// <summary>
/// Ends a walk through a server's pages that would not end by itself: at a page whose items were all seen before, at a token that was given
/// before, at more pages than any list of records has, and after a time.
/// </summary>
internal sealed class PageWalk(string destination, TimeProvider time)
{
    /// <summary>The most pages.</summary>
    public const int MaxPages = 1000;

    /// <summary>The most pages in a row with nothing on them: some servers give one or two.</summary>
    public const int MaxEmptyPages = 10;

    /// <summary>The longest time for all of them.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(10);

    private readonly long _start = time.GetTimestamp();
    private readonly HashSet<string> _tokens = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int _pages;
    private int _emptyPages;

    /// <summary>Begins the next page and gives its number, from 1. Throws UNEXPECTED_RESPONSE for one too many, TIMEOUT where it takes too long.</summary>
    public int Begin()
    {
        if (time.GetElapsedTime(_start) > MaxTime)
        {
            throw new ExportException(ExportErrorCode.Timeout, Text($"'{destination}' did not come to the end of its list within {MaxTime.TotalMinutes:0} minutes ({_pages} pages)."));
        }

        return ++_pages <= MaxPages
            ? _pages
            : throw new ExportException(ExportErrorCode.UnexpectedResponse, Text($"'{destination}' gives page after page of its list; it was left after {MaxPages}."));
    }

    /// <summary>The items of a page that were on none before it, by their ids.</summary>
    public IReadOnlyList<T> New<T>(IReadOnlyList<T> page, Func<T, string> idOf)
    {
        var fresh = page.Where(item => _seen.Add(idOf(item))).ToList();
        _emptyPages = page.Count == 0 ? _emptyPages + 1 : 0;
        Repeats |= page.Count > 0 && fresh.Count == 0;
        return fresh;
    }

    /// <summary>Whether the walk goes round in a circle: a page had nothing but what was seen before.</summary>
    public bool Repeats { get; private set; }

    /// <summary>Whether a token leads to a page that was not read yet; none and an empty one lead nowhere.</summary>
    public bool Leads(string? token) => !Repeats && _emptyPages < MaxEmptyPages && token is { Length: > 0 } && _tokens.Add(token);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
