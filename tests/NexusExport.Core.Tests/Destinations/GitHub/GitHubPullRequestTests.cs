using NexusExport.Fakes;
using NexusExport.Fakes.GitHub;
using NexusExport.Resilience;

namespace NexusExport.Tests.Destinations.GitHub;

public sealed class GitHubPullRequestTests : DestinationContract
{
    private const string FileName = "2026-01-23_FEI-Titan-TEM_204.xml";

    private FakeGitHub? _server;
    private IExportDestination? _destination;

    protected override IExportDestination Destination => _destination!;

    private FakeGitHub Hub => _server!;

    public override async Task InitializeAsync()
    {
        _server = await FakeGitHub.StartAsync();
        _destination = GitHubBed.Create(_server, values: ("mode", "pull_request"));
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Hub.DisposeAsync();
    }

    [Fact]
    public async Task Upload_OfARecord_OpensAPullRequestFromABranchOfItsOwn()
    {
        var journal = new List<DestinationReceipt>();

        var receipt = await Destination.UploadAsync(Noting(journal), default);

        var pull = Assert.Single(Hub.Pulls);
        Assert.Matches("^nexus-export-[0-9a-f]{12}-[0-9a-f]{12}$", pull.Head);
        Assert.Equal(("1", $"{Hub.BaseUrl}/lab/records/pull/1"), (receipt.RecordId, receipt.RecordUrl));
        Assert.Contains(TestExports.Context().Document.Content.ContentHash, pull.Description, StringComparison.Ordinal);
        Assert.Empty(Hub.Files());
        Assert.Equal(2, journal.Count);
        Assert.All(journal, made => Assert.False(made.IsComplete));
        Assert.All(journal, made => Assert.Contains(pull.Head, made.Location, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Upload_OfTheSameAgain_TakesTheSamePullRequest()
    {
        var first = await Destination.UploadAsync(TestExports.Context(), default);

        var second = await Destination.UploadAsync(TestExports.Context(), default);

        Assert.Equal(first.RecordId, second.RecordId);
        Assert.Single(Hub.Pulls);
        Assert.Single(Hub.Messages(Hub.Pulls[0].Head));
    }

    [Theory]
    [InlineData("POST", "/repos/lab/records/git/refs", 503)]
    [InlineData("PUT", "/repos/lab/records/contents", 503)]
    [InlineData("POST", "/repos/lab/records/pulls", 503)]
    [InlineData("POST", "/repos/lab/records/git/refs", 0)]
    [InlineData("PUT", "/repos/lab/records/contents", 0)]
    [InlineData("POST", "/repos/lab/records/pulls", 0)]
    public async Task Upload_StepFailsForAMoment_IsCompletedWithoutASecondOne(string method, string path, int status)
    {
        Hub.Add(new FakeFault { Method = method, Path = path, Status = status, CommitFirst = status == 0, Abort = status == 0 });

        var outcome = await DestinationStack.WithoutLimits(
            Destination, new ResilienceOptions { Time = new FakeTimeProvider() }).PublishAsync(TestExports.Context(), default);

        Assert.Null(outcome.Fault);
        var pull = Assert.Single(Hub.Pulls);
        Assert.Equal("1", outcome.Receipt?.RecordId);
        Assert.Single(Hub.Messages(pull.Head));
        Assert.Equal(2, Hub.Branches.Count);
    }

    [Fact]
    public async Task Upload_PullRequestRefused_TellsWhatIsLeftAndFindSeesIt()
    {
        Hub.Add(new FakeFault { Method = "POST", Path = "/repos/lab/records/pulls", Status = 403 });

        var fault = (await Assert.ThrowsAsync<ExportException>(() => Destination.UploadAsync(TestExports.Context(), default))).Fault;
        var found = await Destination.FindAsync(TestExports.Context(), default);

        Assert.Equal(ExportErrorCode.PermissionDenied, fault.Code);
        Assert.False(fault.Partial?.IsComplete);
        Assert.False(found?.IsComplete);
        Assert.Equal(fault.Partial?.Location, found?.Location);

        await Destination.UndoAsync(found!, default);
        Assert.Equal("main", Assert.Single(Hub.Branches));
    }

    [Fact]
    public async Task Find_AfterTheMerge_StillFindsThePullRequest()
    {
        await Destination.UploadAsync(TestExports.Context(), default);
        Hub.Merge(1);

        var found = await Destination.FindAsync(TestExports.Context(), default);

        Assert.Equal("1", found?.RecordId);
        Assert.True(found?.IsComplete);
        Assert.Equal(true, found?.Metadata["merged"]);
    }

    [Fact]
    public async Task Upload_ContentIsOnTheBranchAlready_ProposesNothing()
    {
        Hub.Push(FileName, TestExports.Context().Document.Content.Bytes.ToArray());

        var receipt = await Destination.UploadAsync(TestExports.Context(), default);

        Assert.Empty(Hub.Pulls);
        Assert.Equal(true, receipt.Metadata["identical"]);
        Assert.True(receipt.IsComplete);
    }

    [Fact]
    public async Task Upload_FileIsThereWithOtherContent_ProposesAnotherName()
    {
        Hub.Push(FileName, TestExports.Xml("old"));

        await Destination.UploadAsync(TestExports.Context(), default);

        Assert.Equal("Create 2026-01-23_FEI-Titan-TEM_204_1.xml", Hub.Messages(Assert.Single(Hub.Pulls).Head)[0]);
    }

    [Fact]
    public async Task Upload_FileIsThereWithOtherContentAndUpdating_ProposesItsUpdate()
    {
        await RestartAsync(new(), ("on_existing", "update"));
        Hub.Push(FileName, TestExports.Xml("old"));

        await Destination.UploadAsync(TestExports.Context(), default);

        var branch = Assert.Single(Hub.Pulls).Head;
        Assert.Equal($"Update {FileName}", Hub.Messages(branch)[0]);
        Assert.Equal(TestExports.Context().Document.Content.Bytes.ToArray(), Hub.Files(branch)[FileName]);
    }

    [Fact]
    public async Task Undo_OfAnUpload_ClosesThePullRequestAndRemovesItsBranch()
    {
        var receipt = await Destination.UploadAsync(TestExports.Context(), default);

        await Destination.UndoAsync(receipt, default);

        Assert.False(Assert.Single(Hub.Pulls).IsOpen);
        Assert.Equal("main", Assert.Single(Hub.Branches));
        Assert.Null(await Destination.FindAsync(TestExports.Context(), default));
        Assert.Equal("2", (await Destination.UploadAsync(TestExports.Context(), default)).RecordId);
    }

    [Fact]
    public async Task Undo_AfterTheMerge_SaysWhereToRevert()
    {
        var receipt = await Destination.UploadAsync(TestExports.Context(), default);
        Hub.Merge(1);

        var exception = await Assert.ThrowsAsync<ExportException>(() => Destination.UndoAsync(receipt, default));

        Assert.Equal(ExportErrorCode.NotSupported, exception.Fault.Code);
        Assert.Single(Hub.Files());
    }

    [Fact]
    public async Task Undo_SomebodyAddedCommits_KeepsTheirBranch()
    {
        var receipt = await Destination.UploadAsync(TestExports.Context(), default);
        Hub.Push("notes.md", [1], Hub.Pulls[0].Head);

        var exception = await Assert.ThrowsAsync<ExportException>(() => Destination.UndoAsync(receipt, default));

        Assert.Equal(ExportErrorCode.IntegrityMismatch, exception.Fault.Code);
        Assert.False(Hub.Pulls[0].IsOpen);
        Assert.Equal(2, Hub.Branches.Count);
    }

    [Fact]
    public async Task Upload_EmptyRepository_SaysThatItNeedsACommit()
    {
        await RestartAsync(new() { Empty = true });

        var fault = (await Assert.ThrowsAsync<ExportException>(() => Destination.UploadAsync(TestExports.Context(), default))).Fault;

        Assert.Equal(ExportErrorCode.ResourceNotFound, fault.Code);
        Assert.Contains("first commit", fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_OfARebuiltRecord_ReplacesThePullRequestThatIsOpen()
    {
        await Destination.UploadAsync(TestExports.Context(text: "first"), default);
        await RecreateAsync();

        var second = await Destination.UploadAsync(TestExports.Context(text: "second"), default);

        Assert.True(Destination.Capabilities.Replaces);
        Assert.Equal([false, true], Hub.Pulls.Select(pull => pull.IsOpen));
        Assert.EndsWith("this replaces #1.", Hub.Pulls[1].Description, StringComparison.Ordinal);
        Assert.Equal(TestExports.Xml("second"), Assert.Single(Stored()));
        Assert.Equal(FileName, second.Metadata["path"]);
        Assert.NotEqual(true, (await Destination.FindAsync(TestExports.Context(text: "first"), default))?.IsComplete);

        // And back: the first content is proposed once more, by a pull request of its own.
        await Destination.UploadAsync(TestExports.Context(text: "first"), default);
        Assert.Equal([false, false, true], Hub.Pulls.Select(pull => pull.IsOpen));
        Assert.Equal(TestExports.Xml("first"), Assert.Single(Stored()));
    }

    [Fact]
    public async Task Upload_OfARebuiltRecord_WhoseReplacedOneCannotBeClosed_GoesOnFromThere()
    {
        await Destination.UploadAsync(TestExports.Context(text: "first"), default);
        Hub.Add(new FakeFault { Method = "PATCH", Path = "/repos/lab/records/pulls", Status = 503 });

        var outcome = await Resilient().PublishAsync(TestExports.Context(text: "second"), default);

        Assert.Equal("2", outcome.Receipt?.RecordId);
        Assert.Equal([false, true], Hub.Pulls.Select(pull => pull.IsOpen));
    }

    [Fact]
    public async Task Upload_OfOneName_FromSeveralSessions_ProposesSeveralNames()
    {
        foreach (var session in new[] { "204", "205" })
        {
            await Destination.UploadAsync(TestExports.Context(text: session, session: session), default);
        }

        await RecreateAsync();
        await Destination.UploadAsync(TestExports.Context(text: "206", session: "206"), default);

        Assert.Equal(3, Hub.Pulls.Count(pull => pull.IsOpen));
        Hub.Merge(1);
        Hub.Merge(2);
        Hub.Merge(3);
        Assert.Equal(3, Hub.Files().Count);
    }

    [Fact]
    public async Task Upload_OfRecordsOneByOne_TakesThreeRequestsEach()
    {
        await Destination.UploadAsync(TestExports.Context("0.xml"), default);
        var begun = Hub.RequestCount;

        foreach (var number in Enumerable.Range(1, 5))
        {
            await Destination.UploadAsync(TestExports.Context($"{number}.xml"), default);
        }

        Assert.Equal((7, 15), (begun, Hub.RequestCount - begun));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Upload_BranchNotSeenForAMoment_IsCompletedWithinTheRun(int lag)
    {
        await RestartAsync(new() { BranchLag = lag });

        var outcome = await Resilient().PublishAsync(TestExports.Context(), default);

        Assert.Null(outcome.Fault);
        Assert.Single(Hub.Messages(Assert.Single(Hub.Pulls).Head));
        Assert.Equal(2, Hub.Branches.Count);
    }

    [Theory]
    [InlineData("POST", "/repos/lab/records/pulls", """{"message":"Validation Failed","errors":[{"resource":"PullRequest","field":"head","code":"invalid"}]}""")]
    [InlineData("POST", "/repos/lab/records/pulls", """{"message":"Validation Failed","errors":[{"resource":"PullRequest","code":"custom","message":"No commits between main and x"}]}""")]
    [InlineData("POST", "/repos/lab/records/git/refs", """{"message":"Reference update failed"}""")]
    public async Task Upload_StepOnABranchNotSeenYet_IsTriedAgain(string method, string path, string body)
    {
        Hub.Add(new FakeFault { Method = method, Path = path, Status = 422, Body = body, ContentType = "application/json" });

        var outcome = await Resilient().PublishAsync(TestExports.Context(), default);

        Assert.Equal((null, 2), (outcome.Fault, outcome.Attempts));
        Assert.Single(Hub.Pulls);
    }

    [Fact]
    public async Task Upload_BranchHasAnOldNameThatGitHubRedirects_IsNamedAsMissing()
    {
        await RestartAsync(new(), ("branch", "master"));

        var fault = (await Assert.ThrowsAsync<ExportException>(() => Destination.UploadAsync(TestExports.Context(), default))).Fault;

        Assert.Equal((ExportErrorCode.ResourceNotFound, true), (fault.Code, fault.ConcernsEveryRecord));
        Assert.Contains("no branch 'master'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_RulesHoldForProposedBranches_DoesNotAdvisePullRequests()
    {
        Hub.Add(new FakeFault
        {
            Method = "PUT",
            Status = 409,
            Body = """{"message":"Repository rule violations found\n\nChanges must be made through a pull request."}""",
            ContentType = "application/json",
        });

        var fault = (await Assert.ThrowsAsync<ExportException>(() => Destination.UploadAsync(TestExports.Context(), default))).Fault;

        Assert.Equal(ExportErrorCode.PermissionDenied, fault.Code);
        Assert.DoesNotContain("mode to pull_request", fault.RecommendedAction, StringComparison.Ordinal);
    }

    protected override void Settle() => Hub.Merge(1);

    protected override IReadOnlyList<byte[]> Stored() =>
        [.. Hub.Files().Values, .. Hub.Pulls.Where(pull => pull.IsOpen).SelectMany(pull => Hub.Files(pull.Head).Values)];

    private IResilientDestination Resilient() => DestinationStack.WithoutLimits(Destination, new ResilienceOptions { Time = new FakeTimeProvider() });

    private async Task RestartAsync(FakeGitHubOptions options, params (string Name, object Value)[] values)
    {
        await Hub.DisposeAsync();
        _server = await FakeGitHub.StartAsync(options);
        await RecreateAsync(values);
    }

    private async Task RecreateAsync(params (string Name, object Value)[] values)
    {
        await Destination.DisposeAsync();
        _destination = GitHubBed.Create(Hub, values: [("mode", "pull_request"), .. values]);
    }

    private static ExportContext Noting(List<DestinationReceipt> journal) => TestExports.Context() with
    {
        ReportProgressAsync = (made, _) =>
        {
            journal.Add(made);
            return Task.CompletedTask;
        },
    };
}
