using System.Text.Json.Nodes;
using NexusExport.Destinations.GitHub;
using NexusExport.Fakes.GitHub;
using NexusExport.Tests.Destinations.Http;

namespace NexusExport.Tests.Destinations.GitHub;

/// <summary>Every member of every answer, changed one by one: only what cannot be done without may matter, and then it is named.</summary>
public sealed class GitHubAnswerTests
{
    private static readonly string[] Needed =
    [
        "GET 200:.default_branch", "GET 200:.commit", "GET 200:.commit.sha", "GET 200:[].sha", "GET 200:.sha", "GET 200:[].number",
        "PUT 201:.content", "PUT 201:.content.sha", "PUT 201:.commit", "PUT 201:.commit.sha", "POST 201:.number",
    ];

    // What these say is believed, and said wrongly they mean something else.
    private static readonly string[] Believed = ["GET 200:.archived", "GET 200:.permissions", "GET 200:.permissions.push", "GET 200:[].state", "GET 200:[].merged_at", "POST 201:.state"];

    [Theory]
    [InlineData("commit")]
    [InlineData("pull_request")]
    public async Task EveryCall_OneMemberIsNotWhatItShouldBe_MattersOnlyWhereItIsNeeded(string mode)
    {
        var seen = new ChangedAnswers(null, null);
        Assert.Null(await RunAsync(mode, seen));
        Assert.InRange(seen.Members.Count, 20, 200);

        var broken = new List<string>();
        foreach (var member in seen.Members.Except(Believed, StringComparer.Ordinal))
        {
            foreach (var (name, value) in ChangedAnswers.Changes)
            {
                if (await BreaksAsync(mode, member, value) is { } how)
                {
                    broken.Add($"{member} is {name}: {how}");
                }
            }
        }

        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    private static async Task<string?> BreaksAsync(string mode, string member, Func<JsonNode?>? value)
    {
        var exception = await RunAsync(mode, new ChangedAnswers(member, value));
        return exception switch
        {
            null => null,
            ExportException { Fault.Code: ExportErrorCode.UnexpectedResponse or ExportErrorCode.IntegrityMismatch or ExportErrorCode.ResourceNotFound }
                when Needed.Contains(member, StringComparer.Ordinal) => null,
            _ => $"{exception.GetType().Name}: {exception.Message}",
        };
    }

    private static async Task<Exception?> RunAsync(string mode, ChangedAnswers answers)
    {
        await using var hub = await FakeGitHub.StartAsync();
        hub.Push("other.xml", [1]);
        hub.Propose("somebody-elses");
        var services = new DestinationServices { HttpHandlerFactory = () => answers };
        return await Record.ExceptionAsync(async () =>
        {
            await using var destination = GitHubBed.Create(hub, services, values: ("mode", mode));
            await destination.TestConnectionAsync(default);
            var receipt = await destination.UploadAsync(TestExports.Context(), default);
            await destination.UploadAsync(TestExports.Context(), default);
            await destination.FindAsync(TestExports.Context(), default);
            await destination.ListContentAsync(new(100, 0), default);
            Assert.True(receipt.IsComplete);
            Assert.True(Uri.TryCreate(receipt.RecordUrl, UriKind.Absolute, out _));
        });
    }
}
