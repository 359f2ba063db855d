using System.Text.Json;
using NexusExport.Destinations.GitHub;
using NexusExport.Fakes;
using NexusExport.Fakes.GitHub;
using NexusExport.Resilience;

namespace NexusExport.Tests.Destinations.GitHub;

/// <summary>What GitHub's refusals are about: the record, the place or the account, or nothing but a moment.</summary>
public sealed class GitHubRefusalTests : IAsyncLifetime
{
    private const string NoPullRequest = "pull_request";

    private readonly FakeTimeProvider _time = new() { AutoAdvance = false };
    private FakeGitHub? _server;
    private GitHubDestination? _destination;

    public async Task InitializeAsync()
    {
        _server = await FakeGitHub.StartAsync();
        _destination = GitHubBed.Create(_server, new DestinationServices { Time = _time });
    }

    public async Task DisposeAsync()
    {
        await _destination!.DisposeAsync();
        await _server!.DisposeAsync();
    }

    [Theory]
    [InlineData("Could not create file: Changes must be made through a pull request.", true, true)]
    [InlineData("Could not update file: At least 1 approving review is required by reviewers with write access.", true, true)]
    [InlineData("Could not create file: 4 of 4 required status checks are expected.", true, true)]
    [InlineData("Repository rule violations found\n\nChanges must be made through the merge queue\n\n", true, true)]
    [InlineData("Could not create file: Commits must have verified signatures.", true, false)]
    [InlineData("Could not create file: Commits must have verified signatures. Changes must be made through a pull request.", true, false)]
    [InlineData("Repository rule violations found\n\nCommits must have valid signatures.\n\n", true, false)]
    [InlineData("Could not create file: Cannot change this locked branch", true, false)]
    [InlineData("Could not create file: You're not authorized to push to this branch.", true, false)]
    [InlineData("Repository rule violations found\n\nSecret detected in content\n\n", false, false)]
    [InlineData("Repository rule violations found\n\nCommit message does not match the pattern '^LAB-'\n\n", false, false)]
    [InlineData("Repository rule violations found\n\nFile path is restricted\n\n", false, false)]
    [InlineData("Something that nobody has seen before", false, false)]
    public async Task Upload_ARuleRefuses_IsDeniedOnceWithItsReason(string message, bool concernsEveryRecord, bool helpsPullRequest)
    {
        Refuse(409, message, count: 9);

        var outcome = await DestinationStack.WithoutLimits(
            _destination!, new ResilienceOptions { Time = new FakeTimeProvider() }).PublishAsync(TestExports.Context(), default);

        var fault = outcome.Fault!;
        Assert.Equal((ExportErrorCode.PermissionDenied, false, concernsEveryRecord), (fault.Code, fault.Recoverable, fault.ConcernsEveryRecord));
        Assert.Contains(message.Trim().Split('\n')[^1], fault.Message, StringComparison.Ordinal);
        Assert.Equal(helpsPullRequest, fault.RecommendedAction.Contains(NoPullRequest, StringComparison.Ordinal));
        Assert.Equal(1, _server!.RequestLog.Count(entry => entry.Method == "PUT"));
    }

    [Fact]
    public async Task Upload_ASecretIsToldOfInTheMetadataAlone_IsAboutTheRecord()
    {
        Refuse(409, """{"message":"Changes must be made through a pull request.","metadata":{"secret_scanning":{"bypass_placeholders":[]}}}""", isJson: true);

        var fault = await FaultAsync();

        Assert.Equal((ExportErrorCode.PermissionDenied, false), (fault.Code, fault.ConcernsEveryRecord));
        Assert.Contains("secret", fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(409, "2026-01-23_FEI-Titan-TEM_204.xml does not match 0123456789abcdef0123456789abcdef01234567")]
    [InlineData(409, "is at 0123456789abcdef but expected fedcba9876543210")]
    [InlineData(409, "refs/heads/main expected to be at 0123456789abcdef")]
    [InlineData(409, "Could not update file: refs/heads/main is at 0123456789abcdef but expected fedcba9876543210")]
    [InlineData(422, "is at 0123456789abcdef but expected fedcba9876543210")]
    public async Task Upload_SomebodyElseWasFaster_IsTriedOnceMore(int status, string message)
    {
        Refuse(status, message);

        var receipt = await _destination!.UploadAsync(TestExports.Context(), default);

        Assert.True(receipt.IsComplete);
        Assert.Single(_server!.Files());
    }

    [Theory]
    [InlineData(401, "Bad credentials", ExportErrorCode.AuthExpired)]
    [InlineData(403, "Resource not accessible by personal access token", ExportErrorCode.PermissionDenied)]
    [InlineData(403, "Repository was archived so is read-only.", ExportErrorCode.PermissionDenied)]
    [InlineData(403, "Resource protected by organization SAML enforcement.", ExportErrorCode.PermissionDenied)]
    [InlineData(404, "Branch main not found", ExportErrorCode.ResourceNotFound)]
    [InlineData(404, "Not Found", ExportErrorCode.ResourceNotFound)]
    public async Task Upload_TheAccountOrThePlaceIsRefused_ConcernsEveryRecord(int status, string message, string code)
    {
        Refuse(status, message);

        var fault = await FaultAsync();

        Assert.Equal((code, true, false), (fault.Code, fault.ConcernsEveryRecord, fault.Recoverable));
    }

    [Theory]
    [InlineData(403, "<html>blocked by the firewall</html>")]
    [InlineData(404, "<html>no such page</html>")]
    [InlineData(422, """{"message":"path contains a malformed path component","errors":[{"resource":"Commit","field":"path","code":"invalid"}]}""")]
    [InlineData(422, """{"message":"file is too large"}""")]
    [InlineData(500, """{"message":"Server Error"}""")]
    public async Task Upload_OneRecordIsRefused_ConcernsNoOther(int status, string body)
    {
        Refuse(status, body, isJson: true);

        Assert.False((await FaultAsync()).ConcernsEveryRecord);
    }

    [Fact]
    public async Task Upload_APermissionIsMissing_NamesIt()
    {
        Refuse(403, "Resource not accessible by personal access token", headers: ("x-accepted-github-permissions", "contents=write"));

        Assert.EndsWith("(it takes the permission contents=write).", (await FaultAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_RepositoryWasRenamed_ConcernsEveryRecord()
    {
        _server!.Add(new FakeFault { Method = "PUT", Status = 307, Location = "https://api.github.com/repositories/1296269/contents/a.xml" });

        var fault = await FaultAsync();

        Assert.Equal((ExportErrorCode.Redirected, true), (fault.Code, fault.ConcernsEveryRecord));
    }

    [Theory]
    [InlineData(1, "Forbidden")]
    [InlineData(0, "Maximum number of login attempts exceeded. Please try again later.")]
    public async Task Upload_LockedOutAfterWrongTokens_IsNoMissingPermission(int refusals, string message)
    {
        for (var refusal = 0; refusal < refusals; refusal++)
        {
            Refuse(401, "Bad credentials");
            await FaultAsync();
        }

        Refuse(403, message);
        var fault = await FaultAsync();

        Assert.Equal((ExportErrorCode.AuthExpired, true), (fault.Code, fault.ConcernsEveryRecord));
        Assert.Contains("wait some minutes", fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429, """{"message":"Too many requests"}""")]
    [InlineData(429, "<html>slow down</html>")]
    [InlineData(429, "")]
    [InlineData(403, """{"message":"You have exceeded a secondary rate limit."}""")]
    [InlineData(403, """{"message":"You have triggered an abuse detection mechanism."}""")]
    public async Task Upload_ALimitWithoutAWordOnHowLong_IsWaitedForEverLongerAndGivenUp(int status, string body)
    {
        var waits = new List<double>();
        for (var refusal = 0; refusal < 6; refusal++)
        {
            Refuse(status, body, isJson: true);
            var fault = await FaultAsync();
            Assert.Equal((ExportErrorCode.RateLimited, refusal == 5), (fault.Code, fault.ConcernsEveryRecord));
            waits.Add(fault.RetryAfter!.Value.TotalMinutes);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32], waits);

        // What gets through begins anew.
        await _destination!.UploadAsync(TestExports.Context("other.xml"), default);
        Refuse(status, body, isJson: true);
        Assert.Equal((1, false), ((await FaultAsync()).RetryAfter!.Value.TotalMinutes, (await FaultOrNullAsync())?.ConcernsEveryRecord ?? false));
    }

    [Fact]
    public async Task Upload_SeveralRecordsMeetALimitWithoutHeaders_ShareItsWaits()
    {
        var hurried = new FakeTimeProvider { AutoAdvanceLimit = TimeSpan.FromHours(1) };
        var options = new ResilienceOptions { Time = hurried, MaxRetryAfter = TimeSpan.FromHours(1), MaxAttempts = 2 };
        var stack = new DestinationStack("github", CallLimits.None, options, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        await using var hub = GitHubBed.Create(_server!, new DestinationServices { Time = hurried, Gate = stack.Gate }, TimeSpan.FromHours(2));
        await using var resilient = stack.Around(hub);
        Refuse(429, "wait", count: 3);
        var begun = hurried.GetUtcNow();

        var outcomes = new List<AttemptOutcome>();
        foreach (var name in new[] { "a.xml", "b.xml", "c.xml" })
        {
            outcomes.Add(await resilient.PublishAsync(TestExports.Context(name, name), default));
        }

        // The first record's two attempts wait one and two minutes, the second record's four.
        Assert.Equal([ExportErrorCode.RateLimited, null, null], outcomes.Select(outcome => outcome.Fault?.Code));
        Assert.InRange(hurried.GetUtcNow() - begun, TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(8));
        Assert.Equal(2, _server!.Files().Count);
    }

    private void Refuse(
        int status, string message, int count = 1, bool isJson = false, params (string Name, string Value)[] headers) => _server!.Add(new FakeFault
    {
        Method = "PUT",
        Status = status,
        Count = count,
        Body = isJson ? message : JsonSerializer.Serialize(new { message }),
        ContentType = message.StartsWith('<') ? "text/html" : "application/json",
        Headers = headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.Ordinal),
    });

    private async Task<ExportFault> FaultAsync() =>
        (await Assert.ThrowsAsync<ExportException>(() => _destination!.UploadAsync(TestExports.Context(), default))).Fault;

    private async Task<ExportFault?> FaultOrNullAsync() =>
        (await Record.ExceptionAsync(() => _destination!.UploadAsync(TestExports.Context(), default)) as ExportException)?.Fault;
}
