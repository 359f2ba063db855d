using System.Globalization;
using NexusExport.Destinations.GitHub;

namespace NexusExport.Tests.Destinations.GitHub;

/// <summary>The whole life of records at a GitHub that is not ours, every request checked against GitHub's own description.</summary>
public sealed class EmulatedGitHubTests(EmulatedGitHub hub) : IClassFixture<EmulatedGitHub>
{
    private const string Name = "Grüße 試料 #1.xml";

    [EmulatedGitHubFact]
    public async Task Commits_FromUploadToUndo_AreAllValidRequests()
    {
        await using var destination = hub.Create("commits", ("path", "records/2026"), ("on_existing", "update"));
        var first = TestExports.Context(Name, "first");
        var second = TestExports.Context(Name, "second");

        var created = await destination.UploadAsync(first, default);
        var again = await destination.UploadAsync(first, default);
        var updated = await destination.UploadAsync(second, default);
        var found = await destination.FindAsync(second, default);

        Assert.Equal(created.RecordId, again.RecordId);
        Assert.Equal(updated.RecordId, found?.RecordId);
        Assert.Equal(updated.RecordUrl, found?.RecordUrl);
        Assert.Equal(second.Document.Content.Bytes.ToArray(), await FetchAsync(destination));

        await destination.UndoAsync(updated, default);
        Assert.Equal(first.Document.Content.Bytes.ToArray(), await FetchAsync(destination));
        await destination.UndoAsync(updated, default);
        Assert.Null(await destination.FindAsync(second, default));
        AssertNoViolation();
    }

    [EmulatedGitHubFact]
    public async Task PullRequests_FromUploadToUndo_AreAllValidRequests()
    {
        await using var destination = hub.Create("proposals", ("path", "records"), ("mode", "pull_request"));
        var context = TestExports.Context(Name);

        var proposed = await destination.UploadAsync(context, default);
        var found = await destination.FindAsync(context, default);

        Assert.True(int.TryParse(proposed.RecordId, CultureInfo.InvariantCulture, out _));
        Assert.Equal(proposed.RecordId, found?.RecordId);
        Assert.True(found?.IsComplete);
        Assert.Null(await FetchAsync(destination));

        await destination.UndoAsync(proposed, default);
        await destination.UndoAsync(proposed, default);
        Assert.Null(await destination.FindAsync(context, default));
        Assert.NotEqual(proposed.RecordId, (await destination.UploadAsync(context, default)).RecordId, StringComparer.Ordinal);
        AssertNoViolation();
    }

    [EmulatedGitHubFact]
    public async Task Upload_OfManyAtOnce_MeetsNoConflict()
    {
        await using var destination = hub.Create("many", ("branch", "main"));

        var receipts = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => destination.UploadAsync(TestExports.Context($"{number}.xml"), default)));

        Assert.Equal(12, receipts.Select(receipt => receipt.RecordId).Distinct(StringComparer.Ordinal).Count());
        AssertNoViolation();
    }

    [EmulatedGitHubFact]
    public async Task TestConnection_OfAnEmulatedRepository_IsAllValidRequests()
    {
        await using var destination = hub.Create("tests");

        var report = await destination.TestConnectionAsync(default);

        Assert.Contains("write", report.Permissions, StringComparer.Ordinal);
        Assert.Contains("requests are left", report.Message, StringComparison.Ordinal);
        AssertNoViolation();
    }

    private static async Task<byte[]?> FetchAsync(GitHubDestination destination) => (await destination.FetchExistingAsync(Name, default))?.ToArray();

    private void AssertNoViolation()
    {
        Assert.Empty(hub.Violations);
        Assert.True(hub.Requests > 0);
    }
}

/// <summary>The other tests would pass with a proxy that checks nothing.</summary>
public sealed class EmulatedGitHubWatchTests(EmulatedGitHub hub) : IClassFixture<EmulatedGitHub>
{
    [EmulatedGitHubFact]
    public async Task Watch_OfABadRequest_SeesWhatIsWrong()
    {
        using var invoker = new HttpMessageInvoker(hub.Watch());
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{hub.Url}/repos/lab/wrong/contents/a.xml")
        {
            Content = new StringContent("""{"content":"aGVsbG8="}""", System.Text.Encoding.UTF8, "application/json"),
        };

        using var response = await invoker.SendAsync(request, default);

        Assert.Contains("message", Assert.Single(hub.Violations), StringComparison.Ordinal);
    }
}
