using NexusExport.Fakes;
using NexusExport.Resilience;

namespace NexusExport.Tests.Destinations;

/// <summary>What every destination that speaks HTTP promises beyond <see cref="DestinationContract"/>.</summary>
public abstract class HttpDestinationContract : DestinationContract
{
    /// <summary>The far side.</summary>
    protected abstract FakeServer Server { get; }

    /// <summary>Method and path of the request that makes a record.</summary>
    protected abstract (string Method, string Path) Write { get; }

    /// <summary>Method and path of the request after which the record is there: the same, unless its body goes ahead under another name.</summary>
    protected virtual (string Method, string Path) Commit => Write;

    /// <summary>Requests for one record, once the look-ups are done.</summary>
    protected virtual int RequestsPerRecord => 1;

    /// <summary>Whether a request was one at <see cref="Write"/>; where its path begins those of other writes, be more exact.</summary>
    protected virtual bool IsWrite(FakeLogEntry entry) =>
        entry.Method == Write.Method && entry.Path.StartsWith(Write.Path, StringComparison.Ordinal);

    /// <summary>The most attempts at a record whose answer was lost: a search finds it without another one, a reserved id takes a second.</summary>
    protected virtual int AttemptsAfterALostAnswer => 1;

    /// <summary>What must not show up anywhere.</summary>
    protected abstract string Secret { get; }

    /// <summary>Requests that a run makes once, before its first record.</summary>
    protected abstract int LookUps { get; }

    /// <summary>Another destination at the same far side.</summary>
    protected abstract IExportDestination Create(DestinationServices services, TimeSpan? timeout = null);

    /// <summary>Whether the paths are whole: those of other requests may begin with them.</summary>
    protected virtual bool HasWholePaths => false;

    protected FakeFault OnWrite(int status) => new() { Method = Write.Method, Path = Write.Path, IsExact = HasWholePaths, Status = status };

    protected FakeFault OnCommit(int status) => new() { Method = Commit.Method, Path = Commit.Path, IsExact = HasWholePaths, Status = status };

    /// <summary>How often the far side has to refuse before the refusal is believed: an expired token is renewed once.</summary>
    protected virtual int RefusalsWith(int status) => 1;

    /// <summary>The clock of waits between attempts: one of its own, on which they pass at once, unless the destination measures them, too.</summary>
    protected virtual TimeProvider Patience => new FakeTimeProvider();

    private protected IResilientDestination Resilient(IExportDestination destination) =>
        DestinationStack.WithoutLimits(destination, new ResilienceOptions { Time = Patience });

    [Theory]
    [InlineData(408, ExportErrorCode.RateLimited)]
    [InlineData(429, ExportErrorCode.RateLimited)]
    [InlineData(502, ExportErrorCode.ServerUnavailable)]
    [InlineData(503, ExportErrorCode.ServerUnavailable)]
    [InlineData(504, ExportErrorCode.ServerUnavailable)]
    [InlineData(500, ExportErrorCode.ServerError)]
    public async Task Upload_AnswerThatMayPass_IsRecoverable(int status, string code)
    {
        Server.Add(OnWrite(status));

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal(code, fault.Code);
        Assert.True(fault.Recoverable);
        Assert.Equal(status >= 500, fault.MayHaveCommitted);
    }

    [Theory]
    [InlineData(400, ExportErrorCode.RequestRejected)]
    [InlineData(401, ExportErrorCode.AuthExpired)]
    [InlineData(403, ExportErrorCode.PermissionDenied)]
    [InlineData(404, ExportErrorCode.ResourceNotFound)]
    [InlineData(413, ExportErrorCode.ContentTooLarge)]
    [InlineData(422, ExportErrorCode.RequestRejected)]
    [InlineData(507, ExportErrorCode.StorageFull)]
    public async Task Upload_Refusal_IsPermanentAndTriedOnce(int status, string code)
    {
        Server.Add(OnWrite(status) with { Count = RefusalsWith(status) });

        var outcome = await Resilient(Destination).PublishAsync(TestExports.Context(), default);

        Assert.Equal(code, outcome.Fault?.Code);
        Assert.False(outcome.Fault?.Recoverable);
        Assert.False(outcome.Fault?.MayHaveCommitted);
        Assert.Equal(1, outcome.Attempts);
        Assert.Empty(Stored());
    }

    [Fact]
    public async Task Upload_NoAnswerInTime_IsATimeoutThatMayHaveCommitted()
    {
        await using var impatient = Create(new DestinationServices(), TimeSpan.FromMilliseconds(300));
        Server.Add(OnWrite(0) with { Hang = true });

        var fault = await FaultOfUploadAsync(impatient);

        Assert.Equal(ExportErrorCode.Timeout, fault.Code);
        Assert.True(fault.Recoverable);
        Assert.True(fault.MayHaveCommitted);
    }

    [Fact]
    public async Task Upload_CancelledWhileTheServerHangs_IsACancellation()
    {
        using var cancellation = new CancellationTokenSource();
        Server.Add(OnWrite(0) with { Hang = true });

        var upload = Resilient(Destination).UploadAsync(TestExports.Context(), cancellation.Token);
        cancellation.CancelAfter(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload);
    }

    [Theory]
    [InlineData(500, false)]
    [InlineData(502, false)]
    [InlineData(504, false)]
    [InlineData(0, true)]
    public async Task Upload_AnswerLostAfterTheCommit_MakesNoSecondRecord(int status, bool abort)
    {
        Server.Add(OnCommit(status) with { CommitFirst = true, Abort = abort });

        var outcome = await Resilient(Destination).PublishAsync(TestExports.Context(), default);

        Assert.NotNull(outcome.Receipt?.RecordId);
        Assert.Single(Stored());
        Assert.InRange(outcome.Attempts, 1, AttemptsAfterALostAnswer);
    }

    [Fact]
    public async Task Upload_TimeoutAfterTheCommit_MakesNoSecondRecord()
    {
        await using var impatient = Create(new DestinationServices(), TimeSpan.FromMilliseconds(300));
        Server.Add(OnCommit(0) with { CommitFirst = true, Hang = true });

        var outcome = await Resilient(impatient).PublishAsync(TestExports.Context(), default);

        Assert.NotNull(outcome.Receipt?.RecordId);
        Assert.Single(Stored());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public async Task Upload_CommitAfterTheTimeout_MakesNoSecondRecord(int requestsLater)
    {
        await using var impatient = Create(new DestinationServices(), TimeSpan.FromMilliseconds(300));
        Server.Add(OnCommit(0) with { Hang = true, CommitAfterRequests = requestsLater });

        await Resilient(impatient).PublishAsync(TestExports.Context(), default);

        Server.FinishLateWork();
        Assert.Single(Stored());
    }

    [Fact]
    public async Task Upload_TriedAgain_SendsTheWholeBodyEachTime()
    {
        Server.Add(OnWrite(503) with { Count = 2 });

        var outcome = await Resilient(Destination).PublishAsync(TestExports.Context(), default);

        var bodies = Server.RequestLog.Where(IsWrite).Select(entry => Convert.ToHexString(entry.Body.Span)).ToList();
        Assert.Equal(3, bodies.Count);
        Assert.Single(bodies.Distinct(StringComparer.Ordinal));
        Assert.NotEmpty(bodies[0]);
        Assert.Equal(3, outcome.Attempts);
        Assert.Single(Stored());
    }

    [Fact]
    public async Task Upload_ServerRepeatsTheSecret_MessageDoesNot()
    {
        Server.Add(OnWrite(400) with { Body = $$"""{"message":"the header was Token {{Secret}}, sorry"}""", ContentType = "application/json" });

        var exception = await Assert.ThrowsAsync<ExportException>(() => Destination.UploadAsync(TestExports.Context(), default));

        Assert.Contains("sorry", exception.Fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_AnswerIsAWebPage_IsNotPasted()
    {
        Server.Add(OnWrite(502) with { Body = "<html><body>gateway nonsense</body></html>", ContentType = "text/html" });

        var fault = await FaultOfUploadAsync(Destination);

        Assert.DoesNotContain("nonsense", fault.Message, StringComparison.Ordinal);
        Assert.Contains("502", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_SuccessWithGarbage_MayHaveCommitted()
    {
        Server.Add(OnWrite(200) with { Body = "<html>Please log in</html>", ContentType = "text/html" });

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal(ExportErrorCode.UnexpectedResponse, fault.Code);
        Assert.True(fault.MayHaveCommitted);
    }

    [Fact]
    public async Task Upload_Redirect_IsNotFollowedAndNamesTheAddress()
    {
        Server.Add(OnWrite(301) with { Location = $"https://moved.invalid/lab{Write.Path}" });

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal(ExportErrorCode.Redirected, fault.Code);
        Assert.EndsWith("https://moved.invalid/lab/", fault.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Stored());
    }

    [Fact]
    public async Task Upload_ServerIsDown_IsAConnectionThatNeverWas()
    {
        await Server.DisposeAsync();

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal(ExportErrorCode.ConnectionFailed, fault.Code);
        Assert.True(fault.Recoverable);
        Assert.False(fault.MayHaveCommitted);
    }

    [Fact]
    public async Task Upload_OfFiftyRecordsFourAtOnce_TakesNoRequestTooManyOnFourConnections()
    {
        await using var destination = Create(new DestinationServices { ThrottleLimit = 4 });
        var contexts = Enumerable.Range(0, 50).Select(number => TestExports.Context($"record_{number}.xml", $"text {number}"));

        await Parallel.ForEachAsync(
            contexts, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (context, token) => await destination.UploadAsync(context, token));

        Assert.Equal(50, Stored().Count);
        Assert.InRange(Server.RequestCount, 50 * RequestsPerRecord, (50 * RequestsPerRecord) + LookUps);
        Assert.InRange(Server.ConnectionCount, 1, 4);
    }

    [Fact]
    public async Task Upload_OfAnyRecord_NamesThisProgram()
    {
        await Destination.UploadAsync(TestExports.Context(), default);

        Assert.All(Server.RequestLog, entry => Assert.Matches(@"^NexusExport/\d+\.\d+\.\d+$", entry.UserAgent));
    }

    protected static async Task<ExportFault> FaultOfUploadAsync(IExportDestination destination, ExportContext? context = null) =>
        (await Assert.ThrowsAsync<ExportException>(() => destination.UploadAsync(context ?? TestExports.Context(), default))).Fault;
}
