using System.Globalization;

namespace NexusExport.Fakes.GitHub;

/// <summary>GitHub's primary limit: so many requests in a window that begins with the first, then 403 until the window is over.</summary>
internal sealed class FakeGitHubQuota(int limit, TimeSpan window, TimeProvider time)
{
    private DateTimeOffset _reset;
    private int _used;

    /// <summary>Requests that came although none was left.</summary>
    public int Refused { get; private set; }

    /// <summary>Counts a request; null where it may pass.</summary>
    public FakeAnswer? Take()
    {
        var now = time.GetUtcNow();
        if (now >= _reset)
        {
            // As GitHub does, a reset at a whole second.
            _reset = DateTimeOffset.FromUnixTimeSeconds((now + window).ToUnixTimeSeconds());
            _used = 0;
        }

        if (_used < limit)
        {
            _used++;
            return null;
        }

        Refused++;
        return FakeGitHub.Message(403, "API rate limit exceeded for user ID 1.");
    }

    /// <summary>What every answer tells.</summary>
    public Dictionary<string, string> Headers() => new(StringComparer.Ordinal)
    {
        ["date"] = time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture),
        ["x-ratelimit-limit"] = limit.ToString(CultureInfo.InvariantCulture),
        ["x-ratelimit-remaining"] = (limit - _used).ToString(CultureInfo.InvariantCulture),
        ["x-ratelimit-reset"] = _reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
    };
}
