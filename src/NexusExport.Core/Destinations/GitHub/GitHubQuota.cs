using System.Globalization;
using System.Net;
using NexusExport.Destinations.Http;
using NexusExport.Resilience;

namespace NexusExport.Destinations.GitHub;

/// <summary>
/// GitHub's limits: those that its documentation names, and what an answer says of them
/// (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api, /best-practices-for-using-the-rest-api).
/// </summary>
internal sealed class GitHubQuota(TimeProvider time)
{
    private const string EnterpriseCloud = ".ghe.com";

    private static readonly CallLimits OneAtATime = new() { AtOnce = 1 };

    // 5,000 requests an hour; a second between two that write; 500 an hour that generate content. The second keeps the 80 a minute, too.
    private static readonly CallLimits Public = OneAtATime with
    {
        Requests = [new(5000, TimeSpan.FromHours(1))],
        Writes = [new(1, TimeSpan.FromSeconds(1)), new(500, TimeSpan.FromHours(1))],
    };

    // "Otherwise, wait for at least one minute".
    private static readonly TimeSpan SecondaryWait = TimeSpan.FromMinutes(1);

    private static readonly string[] SecondaryLimits = ["secondary rate limit", "abuse detection"];

    /// <summary>The documented limits. An Enterprise Server has none but those that its administrator sets, which its answers tell.</summary>
    public static CallLimits LimitsOf(GitHubDestinationSettings settings) =>
        Uri.TryCreate(settings.ApiUrl, UriKind.Absolute, out var url)
        && (url.Host == new Uri(GitHubDestinationSettings.PublicApi).Host || url.Host.EndsWith(EnterpriseCloud, StringComparison.Ordinal))
            ? Public
            : OneAtATime;

    /// <summary>How long nothing may be sent after this answer, a success perhaps; null where it sets no such limit.</summary>
    public TimeSpan? PauseAfter(HttpAnswer answer)
    {
        var isRefusal = answer.Status is HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests;
        if (answer.RetryAfter is not null && (isRefusal || answer.Status == HttpStatusCode.ServiceUnavailable))
        {
            return answer.AskedWait(time);
        }

        if (Header(answer, "x-ratelimit-remaining") == "0")
        {
            var wait = UntilReset(answer) ?? SecondaryWait;
            return wait > TimeSpan.Zero ? wait : isRefusal ? TimeSpan.FromSeconds(1) : null;
        }

        return isRefusal && GitHubRefusal.Says(answer, SecondaryLimits) ? SecondaryWait : null;
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
