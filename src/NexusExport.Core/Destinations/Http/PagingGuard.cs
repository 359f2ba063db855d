using System.Globalization;

namespace NexusExport.Destinations.Http;

/// <summary>
/// Ends a list that comes in pages where it ends, whatever the server says of a next page: at the number of items that it announced, at a page
/// that brings nothing new, and when the requests of the list have taken too long. One for each list; not for several threads.
/// </summary>
/// <param name="destination">Name of the destination, for messages.</param>
/// <param name="time">Clock.</param>
/// <param name="limit">The longest that the requests of one list may take together; what the caller does between them does not count.</param>
internal sealed class PagingGuard(string destination, TimeProvider time, TimeSpan limit)
{
    // Others may add to a list while it is read, but they do not double it.
    private const int GrowthAllowed = 2;
    private const int GrowthOfShortLists = 100;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private TimeSpan _spent;
    private long? _promised;
    private bool _broughtNew;

    /// <summary>Different items that came so far.</summary>
    public int Seen => _seen.Count;

    /// <summary>How many items the list has by its own latest account; null where no page told.</summary>
    public long? Count { get; private set; }

    /// <summary>Whether items were taken away while the list was read: others have then moved to pages that were read before.</summary>
    public bool Shrank => Count < _promised;

    /// <summary>Whether the list ended at a page that brought nothing new although it promised more: what is missing cannot be read.</summary>
    public bool Repeats { get; private set; }

    /// <summary>Asks for one page. Throws TIMEOUT where the pages before it have taken longer than the limit.</summary>
    public async Task<T> AskAsync<T>(Func<Task<T>> page)
    {
        if (_spent > limit)
        {
            throw new ExportException(Endless(
                ExportErrorCode.Timeout, string.Create(CultureInfo.InvariantCulture, $"in {limit.TotalSeconds:0} s: {Seen} items came")));
        }

        _broughtNew = false;
        var started = time.GetTimestamp();
        try
        {
            return await page();
        }
        finally
        {
            _spent += time.GetElapsedTime(started);
        }
    }

    /// <summary>Whether the item has not come before: a list that changes while it is read may show one twice.</summary>
    public bool IsNew(string id)
    {
        var isNew = _seen.Add(id);
        _broughtNew |= isNew;
        return isNew;
    }

    /// <summary>
    /// Whether the next page is to be asked for, once the items of this one have passed <see cref="IsNew"/>. Throws UNEXPECTED_RESPONSE where
    /// the list goes on far beyond what it promised.
    /// </summary>
    /// <param name="hasNext">Whether the server says that there is one.</param>
    /// <param name="count">How many items the server says the whole list has; null where it does not tell.</param>
    public bool GoesOn(bool hasNext, long? count = null)
    {
        Count = count is >= 0 ? count : Count;
        _promised ??= Count;
        if (_promised is { } promised && Seen > Math.Max(promised * GrowthAllowed, GrowthOfShortLists))
        {
            throw new ExportException(Endless(
                ExportErrorCode.UnexpectedResponse, string.Create(CultureInfo.InvariantCulture, $"at the {promised} items promised: {Seen} came")));
        }

        var isWhole = Seen >= Count;
        Repeats = hasNext && !_broughtNew && Count is not null && !isWhole;
        return hasNext && _broughtNew && !isWhole;
    }

    private ExportFault Endless(string code, string where) => new(code, $"The pages of a list of '{destination}' do not end {where}.")
    {
        RecommendedAction = "Show this to the server's administrator: a list of its does not end, or takes far too long.",
        Recoverable = false,
    };
}
