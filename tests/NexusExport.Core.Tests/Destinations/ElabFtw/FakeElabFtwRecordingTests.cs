using NexusExport.Tests.Recordings;

namespace NexusExport.Tests.Destinations.ElabFtw;

/// <summary>
/// Holds the fake against the recorded server: every recorded request is sent to it in the recorded order, and it has to answer with the same
/// status, the same headers that matter and JSON of the same shape and types.
/// </summary>
[RequiresShared(Recording.ElabFtwPath)]
public sealed class FakeElabFtwRecordingTests
{
    // What the web server answers, and what HttpClient or Kestrel do not send or take as it stands: no header without a value, two slashes.
    private static readonly string[] NotTheApplication = ["experiments.options", "info.key-empty", "double-slash"];

    // What the fake leaves out, for nothing of ours asks for it: links, and the making of templates.
    private static readonly string[] LeftOut = ["links.", "items.deleted.get", "setup.template"];

    [Fact]
    public Task Answers_OfAFreshInstallation_AreAsRecorded() => CompareAsync(
        () => ElabFtwReplay.StartAsync(),
        label => !label.StartsWith("limits.", StringComparison.Ordinal) && !label.StartsWith("replace.", StringComparison.Ordinal));

    [Fact]
    public Task Answers_AtTheLimitsOfPhp_AreAsRecorded() => CompareAsync(
        () => ElabFtwReplay.StartAsync(1 << 20, 2 << 20, 29, 20),
        label => label.StartsWith("limits.", StringComparison.Ordinal));

    [Fact]
    public Task Answers_WhereAFileIsReplaced_AreAsRecorded() => CompareAsync(
        () => ElabFtwReplay.StartAsync(),
        label => label.StartsWith("replace.", StringComparison.Ordinal));

    private static async Task CompareAsync(Func<Task<ElabFtwReplay>> start, Func<string, bool> wanted)
    {
        await using var fake = await start();
        var differences = new List<string>();
        foreach (var exchange in Recording.ElabFtw.Exchanges.Where(exchange => wanted(exchange.Label)))
        {
            if (!NotTheApplication.Contains(exchange.Label, StringComparer.Ordinal)
                && !LeftOut.Any(left => exchange.Label.StartsWith(left, StringComparison.Ordinal)))
            {
                differences.AddRange(Differences(exchange, await fake.SendAsync(exchange)).Select(difference => $"{exchange.Label}: {difference}"));
            }
        }

        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    private static IEnumerable<string> Differences(RecordedExchange exchange, RecordedResponse given)
    {
        var recorded = exchange.Response;
        if (recorded.Status != given.Status)
        {
            yield return $"{recorded.Status} was recorded, {given.Status} is given: {given.Body[..Math.Min(200, given.Body.Length)]}";
            yield break;
        }

        // The type of a file is what PHP finds in its bytes, which stand for others here.
        var isFile = exchange.Request.Path.Contains("format=binary", StringComparison.Ordinal);
        foreach (var name in (string[])[isFile ? "Location" : "Content-Type", "Location", "Allow", "WWW-Authenticate", "Retry-After"])
        {
            if (!string.Equals(recorded.Header(name), given.Header(name), StringComparison.OrdinalIgnoreCase))
            {
                yield return $"{name} '{recorded.Header(name)}' was recorded, '{given.Header(name)}' is given";
            }
        }

        if (!recorded.IsJson)
        {
            // Of pages and files the type is all that matters; but nothing is not something.
            if ((recorded.Body.Length == 0) != (given.Body.Length == 0))
            {
                yield return $"a body of {recorded.Body.Length} was recorded, one of {given.Body.Length} is given";
            }
        }
        else if (!recorded.IsCut)
        {
            foreach (var difference in JsonShape.Differences(recorded.Body, given.Body))
            {
                yield return difference;
            }
        }
    }
}
