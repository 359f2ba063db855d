using System.Globalization;

namespace NexusExport.Destinations.Http;

/// <summary>
/// Ends a walk through a server's pages that would not end by itself: at more pages than any list of records has, at a token that was given
/// before, and after a time. Whoever walks ends it besides at a page with nothing new on it.
/// </summary>
internal sealed class PageWalk(string destination, TimeProvider time)
{
    /// <summary>The most pages.</summary>
    public const int MaxPages = 10_000;

    /// <summary>The longest time for all of them.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(10);

    private readonly long _start = time.GetTimestamp();
    private readonly HashSet<string> _tokens = new(StringComparer.Ordinal);
    private int _pages;

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

    /// <summary>Whether a token leads to a page that was not read yet; none and an empty one lead nowhere.</summary>
    public bool Leads(string? token) => token is { Length: > 0 } && _tokens.Add(token);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
