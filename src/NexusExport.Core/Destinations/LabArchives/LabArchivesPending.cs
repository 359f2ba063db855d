using System.Collections.Concurrent;
using System.Globalization;

namespace NexusExport.Destinations.LabArchives;

/// <summary>
/// Folders and pages that were asked for and that nobody confirmed: they may still appear, and a second one of the name must not be made
/// meanwhile, whichever record asks next.
/// </summary>
internal sealed class LabArchivesPending(string destination, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Parent, string Name, bool IsPage), DateTimeOffset> _until = new();

    /// <summary>Remembers what a failed call may still make.</summary>
    public void Add(string parent, string name, bool page, ExportFault? fault)
    {
        if (fault is { MayHaveCommitted: true, SettleTime: { } settle })
        {
            _until[(parent, name, page)] = time.GetUtcNow() + settle;
        }
    }

    /// <summary>Whether it was asked for in this run without an answer; it may be there by now.</summary>
    public bool Contains(string parent, string name, bool page) => _until.ContainsKey((parent, name, page));

    /// <summary>The fault of something that may still appear. No outage: the server has answered the look that did not find it.</summary>
    public static ExportFault Await(string message, TimeSpan rest) => new(ExportErrorCode.InProgress, message)
    {
        MayHaveCommitted = true,
        SettleTime = rest,
        RecommendedAction = "Run the export again in a few minutes: it looks for what was sent, and sends it only if it is not there.",
    };

    /// <summary>Throws IN_PROGRESS as long as it may still appear; the caller has looked, and it is not there.</summary>
    public void RequireSettled(string parent, string name, bool page)
    {
        if (!_until.TryGetValue((parent, name, page), out var until))
        {
            return;
        }

        var rest = until - time.GetUtcNow();
        if (rest > TimeSpan.Zero)
        {
            var kind = page ? "page" : "folder";
            var message = string.Create(
                CultureInfo.InvariantCulture,
                $"'{destination}' was asked for the {kind} '{name}' and did not answer; it may still appear within {Math.Ceiling(rest.TotalSeconds):0} s.");
            throw new ExportException(Await(message, rest));
        }

        _until.TryRemove((parent, name, page), out _);
    }
}
