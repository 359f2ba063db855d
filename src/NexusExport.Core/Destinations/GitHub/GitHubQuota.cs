using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.GitHub;

/// <summary>
/// GitHub's limits: those that its documentation names, and what its answers say of them, those to all records together
/// (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api, /best-practices-for-using-the-rest-api).
/// </summary>
internal sealed class GitHubQuota(TimeProvider time)
{
    private const string EnterpriseCloud = ".ghe.com";

    // "Continuing to make requests while you are rate limited may result in the banning of your integration": after waits of 1 to 16 minutes.
    private const int MaxSilentRefusals = 6;

    private static readonly CallLimits OneAtATime = new() { AtOnce = 1 };

    // 5,000 requests an hour; a second between two that write; 500 an hour that generate content. The second keeps the 80 a minute, too.
    private static readonly CallLimits Public = OneAtATime with
    {
        Requests = [new(5000, TimeSpan.FromHours(1))],
        Writes = [new(1, TimeSpan.FromSeconds(1)), new(500, TimeSpan.FromHours(1))],
    };

    // "Otherwise, wait for at least one minute before retrying … wait for an exponentially increasing amount of time".
    private static readonly TimeSpan SecondaryWait = TimeSpan.FromMinutes(1);

    private static readonly string[] SecondaryLimits = ["secondary rate limit", "abuse detection"];

    private readonly Lock _lock = new();
    private readonly ConditionalWeakTable<HttpAnswer, object> _waits = [];

    // Of reads and of writes, one by one: a limit on what creates content lets reads through.
    private readonly int[] _silentRefusals = new int[2];
    private bool _refusesLogins;

    /// <summary>Whether so many refusals came in a row without a word on how long to wait that no more is to be sent in this run.</summary>
    public bool HasGivenUp
    {
        get
        {
            lock (_lock)
            {
                return Array.Exists(_silentRefusals, refusals => refusals >= MaxSilentRefusals);
            }
        }
    }

    /// <summary>Whether the token was refused by the answers before: a 403 that follows is a lock-out.</summary>
    public bool HasSeenRefusedLogins
    {
        get
        {
            lock (_lock)
            {
                return _refusesLogins;
            }
        }
    }

    /// <summary>The documented limits. An Enterprise Server has none but those that its administrator sets, which its answers tell.</summary>
    public static CallLimits LimitsOf(GitHubDestinationSettings settings) =>
        Uri.TryCreate(settings.ApiUrl, UriKind.Absolute, out var url)
        && (url.Host == new Uri(GitHubDestinationSettings.PublicApi).Host || url.Host.EndsWith(EnterpriseCloud, StringComparison.Ordinal))
            ? Public
            : OneAtATime;

    /// <summary>Takes in an answer, each once: how long nothing may be sent after it, a success perhaps; null where it sets no such limit.</summary>
    public TimeSpan? Observe(HttpAnswer answer)
    {
        lock (_lock)
        {
            var isRefusal = answer.Status is HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests;
            var wait = ToldWait(answer, isRefusal);
            ref var refusals = ref _silentRefusals[answer.Call.IsWrite ? 1 : 0];
            if (wait is null && isRefusal && (answer.Status == HttpStatusCode.TooManyRequests || GitHubRefusal.Says(answer, SecondaryLimits)))
            {
                wait = SecondaryWait * Math.Pow(2, refusals);
                refusals = Math.Min(refusals + 1, MaxSilentRefusals);
            }
            else if (answer.IsSuccess)
            {
                refusals = 0;
            }

            _refusesLogins = answer.Status == HttpStatusCode.Unauthorized || (_refusesLogins && isRefusal);
            if (wait is { } found)
            {
                _waits.Add(answer, found);
            }

            return wait;
        }
    }

    /// <summary>What <see cref="Observe"/> said of an answer.</summary>
    public TimeSpan? WaitAfter(HttpAnswer answer) => _waits.TryGetValue(answer, out var wait) ? (TimeSpan)wait : null;

    private TimeSpan? ToldWait(HttpAnswer answer, bool isRefusal)
    {
        if (answer.RetryAfter is not null && (isRefusal || answer.Status == HttpStatusCode.ServiceUnavailable))
        {
            return answer.AskedWait(time);
        }

        if (Header(answer, "x-ratelimit-remaining") == "0")
        {
            var wait = UntilReset(answer) ?? SecondaryWait;
            return wait > TimeSpan.Zero ? wait : isRefusal ? TimeSpan.FromSeconds(1) : null;
        }

        return null;
    }

    // By GitHub's own clock where the answer tells it: this machine's may be wrong.
    private TimeSpan? UntilReset(HttpAnswer answer) =>
        long.TryParse(Header(answer, "x-ratelimit-reset"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) - (answer.Headers?.Date ?? time.GetUtcNow())
            : null;

    private static string? Header(HttpAnswer answer, string name) =>
        answer.Headers?.TryGetValues(name, out var values) == true ? values.FirstOrDefault() : null;
}
