using System.Text;
using NexusExport.Destinations.GitHub;
using NexusExport.Fakes;
using NexusExport.Fakes.GitHub;

namespace NexusExport.Tests.Destinations.GitHub;

public sealed class GitHubDestinationTests : HttpDestinationContract
{
    private const string FileName = "2026-01-23_FEI-Titan-TEM_204.xml";
    private const string Api = "/repos/lab/records";

    private static readonly (string Name, object Value) Updating = ("on_existing", "update");

    private FakeGitHub? _server;
    private IExportDestination? _destination;

    protected override IExportDestination Destination => _destination!;

    protected override FakeServer Server => Hub;

    protected override (string Method, string Path) Write => ("PUT", $"{Api}/contents/{FileName}");

    protected override string Secret => Hub.Token;

    protected override int LookUps => 2;

    private FakeGitHub Hub => _server!;

    public override async Task InitializeAsync()
    {
        _server = await FakeGitHub.StartAsync();
        _destination = Create(new DestinationServices());
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Hub.DisposeAsync();
    }

    [Fact]
    public async Task Upload_OfANewRecord_IsOneCommitToTheDefaultBranch()
    {
        var receipt = await Destination.UploadAsync(TestExports.Context(), default);

        Assert.Equal($"Create {FileName}", Assert.Single(Hub.Messages()));
        Assert.Matches("^[0-9a-f]{40}$", receipt.RecordId);
        Assert.Equal($"{Hub.BaseUrl}/lab/records/blob/main/{FileName}", receipt.RecordUrl);
        Assert.Equal(("main", FileName), (receipt.Metadata["branch"], receipt.Metadata["path"]));
    }

    [Fact]
    public async Task Upload_OfTheSameContent_MakesNoCommit()
    {
        var first = await Destination.UploadAsync(TestExports.Context(), default);

        var second = await Destination.UploadAsync(TestExports.Context(), default);

        Assert.Single(Hub.Messages());
        Assert.Equal((first.RecordId, first.RecordUrl, 0), (second.RecordId, second.RecordUrl, second.BytesSent));
        Assert.Equal(true, second.Metadata["identical"]);
    }

    [Fact]
    public async Task Upload_OfOtherContent_TakesAnotherName()
    {
        await Destination.UploadAsync(TestExports.Context(), default);

        var receipt = await Destination.UploadAsync(TestExports.Context(text: "rebuilt"), default);

        Assert.Equal((2, "2026-01-23_FEI-Titan-TEM_204_1.xml"), (Stored().Count, receipt.Metadata["path"]));
        Assert.Equal(receipt.RecordId, (await Destination.FindAsync(TestExports.Context(text: "rebuilt"), default))?.RecordId);
        Assert.Equal(receipt.RecordId, (await Destination.UploadAsync(TestExports.Context(text: "rebuilt"), default)).RecordId);
        Assert.False(Destination.Capabilities.Replaces);
    }

    [Fact]
    public async Task Upload_NameWasTakenSinceItWasRead_TakesTheNextOne()
    {
        await Destination.UploadAsync(TestExports.Context("first.xml"), default);
        Hub.Push(FileName, TestExports.Xml("of somebody else"));

        var receipt = await Destination.UploadAsync(TestExports.Context(), default);

        Assert.Equal("2026-01-23_FEI-Titan-TEM_204_1.xml", receipt.Metadata["path"]);
        Assert.Equal(TestExports.Xml("of somebody else"), Hub.Files()[FileName]);
    }

    [Fact]
    public async Task Upload_FolderTooLargeToBeRead_TakesTheFirstFreeNameAllTheSame()
    {
        await RestartAsync(new() { TreeLimit = 1 });
        foreach (var name in new[] { "a.xml", FileName, "2026-01-23_FEI-Titan-TEM_204_1.xml" })
        {
            Hub.Push(name, TestExports.Xml(name));
        }

        var receipt = await Destination.UploadAsync(TestExports.Context(), default);

        Assert.Equal("2026-01-23_FEI-Titan-TEM_204_2.xml", receipt.Metadata["path"]);
        Assert.Null(await ((IListsContent)Destination).ListContentAsync(new(1000, 0), default));
    }

    [Fact]
    public async Task Upload_RepositoryTooLargeForOneAnswer_IsReadFolderByFolder()
    {
        await RestartAsync(new() { TreeLimit = 3 }, ("path", "records/2026"));
        foreach (var name in new[] { "a/1", "b/2", "records/2026/" + FileName, "records/2025/x.xml" })
        {
            Hub.Push(name, TestExports.Xml(name));
        }

        var receipt = await Destination.UploadAsync(TestExports.Context(), default);

        Assert.Equal("records/2026/2026-01-23_FEI-Titan-TEM_204_1.xml", receipt.Metadata["path"]);
        Assert.Equal(1, Hub.RequestLog.Count(entry => entry.Method == "PUT"));
    }

    [Fact]
    public async Task Upload_Updating_ReplacesTheFile()
    {
        await RecreateAsync(Updating);
        await Destination.UploadAsync(TestExports.Context(), default);

        var receipt = await Destination.UploadAsync(TestExports.Context(text: "rebuilt"), default);

        Assert.Equal(TestExports.Xml("rebuilt"), Assert.Single(Stored()));
        Assert.Equal([$"Update {FileName}", $"Create {FileName}"], Hub.Messages());
        Assert.True(receipt.BytesSent > 0);
        Assert.True(Destination.Capabilities.Replaces);
    }

    [Fact]
    public async Task Upload_FileChangesMeanwhile_IsReadOnceMoreAndTriedAgain()
    {
        await RecreateAsync(Updating);
        Hub.Push(FileName, TestExports.Xml("old"));
        Hub.BeforeUpdates.Enqueue(() => Hub.Push(FileName, TestExports.Xml("of somebody else")));

        await Destination.UploadAsync(TestExports.Context(), default);

        Assert.Equal(TestExports.Context().Document.Content.Bytes.ToArray(), Assert.Single(Stored()));
        Assert.Equal(2, Hub.RequestLog.Count(entry => entry.Method == "PUT"));
    }

    [Fact]
    public async Task Upload_FileChangesAgainAndAgain_IsARecoverableConflict()
    {
        await RecreateAsync(Updating);
        Hub.Push(FileName, TestExports.Xml("old"));
        foreach (var number in Enumerable.Range(0, 2))
        {
            Hub.BeforeUpdates.Enqueue(() => Hub.Push(FileName, TestExports.Xml($"of somebody else {number}")));
        }

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal(ExportErrorCode.RequestRejected, fault.Code);
        Assert.True(fault.Recoverable);
        Assert.False(fault.MayHaveCommitted);
        Assert.Contains("does not match", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_SomebodyElseCommitsTheSame_IsFound()
    {
        await RecreateAsync(Updating);
        Hub.Push(FileName, TestExports.Xml("old"));
        Hub.BeforeUpdates.Enqueue(() => Hub.Push(FileName, TestExports.Context().Document.Content.Bytes.ToArray()));

        var receipt = await Destination.UploadAsync(TestExports.Context(), default);

        Assert.Equal(true, receipt.Metadata["identical"]);
        Assert.Equal(2, Hub.Messages().Count);
    }

    [Theory]
    [InlineData("records/2026", "Grüße 試料 #1 100%.xml", "records/2026/Grüße 試料 #1 100%.xml")]
    [InlineData("/records\\tem/", "plain.xml", "records/tem/plain.xml")]
    [InlineData("", "../../escape.xml", "escape.xml")]
    public async Task Upload_NamesAndFolders_ArriveAsTheyAre(string folder, string name, string path)
    {
        await RestartAsync(new(), ("path", folder));

        var receipt = await Destination.UploadAsync(TestExports.Context(name), default);

        Assert.Equal(path, Assert.Single(Hub.Files()).Key);
        Assert.Equal(receipt.RecordId, (await Destination.FindAsync(TestExports.Context(name), default))?.RecordId);
        Assert.NotNull(await Destination.FetchExistingAsync(name, default));
    }

    [Fact]
    public async Task Upload_NamedBranch_TakesARequestARecordAndOneForTheNames()
    {
        Hub.Push("seed.txt", [1], "lab/data");
        await RecreateAsync(("branch", "lab/data"));

        await Destination.UploadAsync(TestExports.Context(), default);

        await Destination.UploadAsync(TestExports.Context("second.xml"), default);

        Assert.Contains(FileName, Hub.Files("lab/data").Keys);
        Assert.Equal(3, Hub.RequestCount);
    }

    [Fact]
    public async Task Upload_EmptyRepository_MakesItsFirstCommit()
    {
        await RestartAsync(new() { Empty = true });

        await Destination.UploadAsync(TestExports.Context(), default);

        Assert.Single(Hub.Messages());
    }

    [Fact]
    public async Task Upload_AtAnEnterpriseServer_UsesItsApi()
    {
        await RestartAsync(new() { BasePath = "/api/v3", EnterpriseVersion = "3.17.2" });

        await Destination.UploadAsync(TestExports.Context(), default);

        Assert.All(Hub.RequestLog, entry => Assert.StartsWith("/api/v3/repos/lab/records", entry.Path, StringComparison.Ordinal));
        Assert.Equal("3.17.2", (await Destination.TestConnectionAsync(default)).ServerVersion);
    }

    [Fact]
    public async Task Upload_BranchWithRules_SaysHowToGoOn()
    {
        await RestartAsync(new() { Protected = true });

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal(ExportErrorCode.PermissionDenied, fault.Code);
        Assert.False(fault.Recoverable);
        Assert.Contains("pull_request", fault.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(1, Hub.RequestLog.Count(entry => entry.Method == "PUT"));
    }

    [Fact]
    public async Task Upload_WithAMessageOfTheLabs_FillsItIn()
    {
        await RestartAsync(new(), ("commit_message", "{action} {filename}\n\nSession {session} of {user} at {instrument}"));

        await Destination.UploadAsync(TestExports.Context(user: "Ned\nSigned-off-by: nobody"), default);

        Assert.Equal($"Create {FileName}\n\nSession 204 of Ned Signed-off-by: nobody at ", Assert.Single(Hub.Messages()));
    }

    [Fact]
    public async Task Upload_AnswerLostAfterTheCommit_MakesOneCommit()
    {
        Hub.Add(OnWrite(502) with { CommitFirst = true });

        await Resilient(Destination).PublishAsync(TestExports.Context(), default);

        Assert.Single(Hub.Messages());
    }

    [Fact]
    public async Task Upload_WhileAnotherHangs_WaitsAndCanBeCancelled()
    {
        Hub.Add(new FakeFault { Method = "PUT", Hang = true });
        using var cancellation = new CancellationTokenSource();

        var uploads = Enumerable.Range(0, 3).Select(number => Destination.UploadAsync(TestExports.Context($"{number}.xml"), cancellation.Token)).ToList();
        cancellation.CancelAfter(TimeSpan.FromMilliseconds(300));

        foreach (var upload in uploads)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload);
        }

        Assert.Equal(1, Hub.RequestLog.Count(entry => entry.Method == "PUT"));
    }

    [Fact]
    public async Task Upload_OfAMegabyteAndMore_IsWholeAndCanBeFetched()
    {
        var context = TestExports.Context(text: TestExports.LongText(1_500_000));

        await Destination.UploadAsync(context, default);

        Assert.Equal(context.Document.Content.Bytes.ToArray(), (await Destination.FetchExistingAsync(context.Document.FileName, default))?.ToArray());
        Assert.NotNull(await Destination.FindAsync(context, default));
    }

    [Fact]
    public async Task Upload_LargerThanGitHubTakes_IsRefusedBeforeAnythingIsSent()
    {
        var context = TestExports.Context().With(new FormattedContent(new byte[GitBlob.MaxBytes + 1]));

        Assert.Equal(ExportErrorCode.ContentTooLarge, (await FaultOfUploadAsync(Destination, context)).Code);
        Assert.Equal(0, Hub.RequestCount);
    }

    [Fact]
    public async Task Undo_OfAnUpdate_BringsThePreviousContentBack()
    {
        await RecreateAsync(Updating);
        await Destination.UploadAsync(TestExports.Context(text: "first"), default);
        var second = await Destination.UploadAsync(TestExports.Context(text: "second"), default);

        await Destination.UndoAsync(second, default);
        await Destination.UndoAsync(second, default);

        Assert.Equal(TestExports.Xml("first"), Assert.Single(Stored()));
        Assert.Equal($"Revert \"Update {FileName}\"\n\nThis reverts commit {second.RecordId}.", Hub.Messages()[0]);
        Assert.Equal(3, Hub.Messages().Count);
    }

    [Fact]
    public async Task Undo_FileChangedSince_KeepsIt()
    {
        var receipt = await Destination.UploadAsync(TestExports.Context(), default);
        Hub.Push(FileName, TestExports.Xml("corrected by hand"));

        var exception = await Assert.ThrowsAsync<ExportException>(() => Destination.UndoAsync(receipt, default));

        Assert.Equal(ExportErrorCode.IntegrityMismatch, exception.Fault.Code);
        Assert.Equal(TestExports.Xml("corrected by hand"), Assert.Single(Stored()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("main:file.xml")]
    [InlineData("{}")]
    public async Task Undo_WithoutALocationOfOurs_IsNotSupported(string? location)
    {
        var exception = await Assert.ThrowsAsync<ExportException>(() => Destination.UndoAsync(new() { RecordId = "abc", Location = location }, default));

        Assert.Equal(ExportErrorCode.NotSupported, exception.Fault.Code);
    }

    [Fact]
    public async Task TestConnection_OfGitHub_TellsWhereAndWhatIsLeft()
    {
        var report = await Destination.TestConnectionAsync(default);

        Assert.Equal("Connected to lab/records; records are committed to 'main'; 4990 of 5000 requests are left in this hour.", report.Message);
        Assert.Null(report.ServerVersion);
    }

    [Theory]
    [InlineData(false, false, "may not push")]
    [InlineData(true, true, "archived")]
    public async Task TestConnection_NoWriteAccess_IsRefused(bool canPush, bool archived, string reason)
    {
        await RestartAsync(new() { CanPush = canPush, Archived = archived });

        var exception = await Assert.ThrowsAsync<ExportException>(() => Destination.TestConnectionAsync(default));

        Assert.Equal(ExportErrorCode.PermissionDenied, exception.Fault.Code);
        Assert.Contains(reason, exception.Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token", "other", ExportErrorCode.AuthExpired, "Bad credentials")]
    [InlineData("repository", "lab/other", ExportErrorCode.ResourceNotFound, "Not Found")]
    [InlineData("branch", "other", ExportErrorCode.ResourceNotFound, "no branch 'other'")]
    public async Task TestConnection_WrongSetting_SaysWhich(string setting, string value, string code, string message)
    {
        await RecreateAsync((setting, setting == "token" ? new SecretText(value) : value));

        var exception = await Assert.ThrowsAsync<ExportException>(() => Destination.TestConnectionAsync(default));

        Assert.Equal(code, exception.Fault.Code);
        Assert.Contains(message, exception.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TestConnection_ProtectedBranch_IsMentioned()
    {
        await RestartAsync(new() { Protected = true });

        Assert.Contains("protected", (await Destination.TestConnectionAsync(default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_RepositoryWasRenamed_SaysWhatToSet()
    {
        Hub.Add(OnWrite(307) with { Location = "https://api.github.com/repositories/1296269/contents/a.xml" });

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal(ExportErrorCode.Redirected, fault.Code);
        Assert.Contains("set repository", fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_ValidationFailed_TellsTheRealReasons()
    {
        Hub.Add(OnWrite(422) with
        {
            Body = $$"""{"message":"Validation Failed","errors":[{"code":"custom","message":"no {{Secret}}"},{"code":"invalid"},"plain"]}""",
            ContentType = "application/json",
        });

        var fault = await FaultOfUploadAsync(Destination);

        Assert.EndsWith("Validation Failed: no ***; invalid; plain", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_OfText_IsSentByteForByte()
    {
        var context = TestExports.Context().With(new FormattedContent(Encoding.Latin1.GetBytes("<a>é</a>")));

        await Destination.UploadAsync(context, default);

        Assert.Equal(context.Document.Content.Bytes.ToArray(), Assert.Single(Stored()));
    }

    protected override IReadOnlyList<byte[]> Stored() => [.. Hub.Files().Values];

    protected override IExportDestination Create(DestinationServices services, TimeSpan? timeout = null) => GitHubBed.Create(Hub, services, timeout);

    private async Task RestartAsync(FakeGitHubOptions options, params (string Name, object Value)[] values)
    {
        await Hub.DisposeAsync();
        _server = await FakeGitHub.StartAsync(options);
        await RecreateAsync(values);
    }

    private async Task RecreateAsync(params (string Name, object Value)[] values)
    {
        await Destination.DisposeAsync();
        _destination = GitHubBed.Create(Hub, values: values);
    }
}
