using NexusExport.Fakes.Cdcs;
using NexusExport.Tests.Recordings;

namespace NexusExport.Tests.Destinations.Cdcs;

/// <summary>The fake answers as the real server did: the recorded requests go to it in their order, and status, headers and shape are compared.</summary>
[RequiresShared(Recording.CdcsPath)]
public sealed class FakeCdcsRecordedTests
{
    [Fact]
    public async Task Answers_ToTheRecordedRequests_AreThoseOfTheRealServer()
    {
        var differences = new List<string>();
        var compared = 0;
        foreach (var run in Recording.Cdcs.Exchanges.GroupBy(exchange => exchange.Label.StartsWith("content-server.", StringComparison.Ordinal)))
        {
            await using var server = await FakeCdcs.StartAsync(RecordedCdcs.Options with
            {
                ContentField = run.Key ? "content" : "xml_content",
                FirstRecordId = run.Key ? 40 : 1,
                Templates = run.Key ? [RecordedCdcs.Schema] : [],
            });
            using var client = new RecordedCdcs(server);
            foreach (var exchange in run)
            {
                if (exchange.Label.StartsWith("setup.", StringComparison.Ordinal))
                {
                    client.SetUp(exchange.Label);
                }
                else if (!RecordedCdcs.NotFaked.ContainsKey(exchange.Label))
                {
                    compared++;
                    differences.AddRange(await client.CompareAsync(exchange));
                }
            }
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.True(compared > 220, $"{compared}");
    }

    [Fact]
    public void NotFaked_NamesExchangesThatThereAre() =>
        Assert.All(RecordedCdcs.NotFaked.Keys, label => Assert.NotNull(Recording.Cdcs[label]));
}
