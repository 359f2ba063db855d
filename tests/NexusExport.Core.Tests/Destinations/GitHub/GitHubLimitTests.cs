using System.Globalization;
using NexusExport.Destinations.GitHub;
using NexusExport.Fakes;
using NexusExport.Fakes.GitHub;
using NexusExport.Resilience;

namespace NexusExport.Tests.Destinations.GitHub;

/// <summary>What GitHub's refusals mean: limits that pass, permissions that do not.</summary>
public sealed class GitHubLimitTests : IAsyncLifetime
{
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
    [InlineData(403, 0)]
    [InlineData(429, 0)]
    [InlineData(403, 3600)]
    [InlineData(403, -3600)]
    public async Task Upload_PrimaryLimit_WaitsUntilItsResetByGitHubsClock(int status, int ahead)
    {
        var theirs = _time.GetUtcNow().AddSeconds(ahead);
        var fault = await FaultOfAsync(
            status,
            "API rate limit exceeded for user ID 1.",
            null,
            ("date", theirs.ToString("R", CultureInfo.InvariantCulture)),
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", theirs.AddSeconds(42).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));

        Assert.Equal((ExportErrorCode.RateLimited, true, false), (fault.Code, fault.Recoverable, fault.MayHaveCommitted));
        Assert.Equal(TimeSpan.FromSeconds(42), fault.RetryAfter);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("nonsense")]
    [InlineData("99999999999999999")]
    public async Task Upload_PrimaryLimitWithAResetThatIsPastOrUnreadable_WaitsALittle(string reset)
    {
        var fault = await FaultOfAsync(403, "API rate limit exceeded", null, ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", reset));

        Assert.Equal(ExportErrorCode.RateLimited, fault.Code);
        Assert.InRange(fault.RetryAfter!.Value.TotalSeconds, 1, 60);
    }

    [Theory]
    [InlineData(403, "17", 17)]
    [InlineData(429, "17", 17)]
    [InlineData(403, null, 60)]
    [InlineData(429, null, 60)]
    public async Task Upload_SecondaryLimit_WaitsAsAskedOrAMinute(int status, string? retryAfter, int seconds)
    {
        var fault = await FaultOfAsync(status, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.", retryAfter, ("x-ratelimit-remaining", "4000"));

        Assert.Equal((ExportErrorCode.RateLimited, TimeSpan.FromSeconds(seconds)), (fault.Code, fault.RetryAfter));
    }

    [Fact]
    public async Task Upload_MissingPermission_IsNoLimit()
    {
        var fault = await FaultOfAsync(403, "Resource not accessible by personal access token", null, ("x-ratelimit-remaining", "4000"));

        Assert.Equal((ExportErrorCode.PermissionDenied, false), (fault.Code, fault.Recoverable));
        Assert.Contains("contents", fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(422, "file is too large", ExportErrorCode.ContentTooLarge)]
    [InlineData(422, "Required status check \"ci\" is expected.", ExportErrorCode.PermissionDenied)]
    [InlineData(422, "path contains a malformed path component", ExportErrorCode.RequestRejected)]
    [InlineData(404, "Not Found", ExportErrorCode.ResourceNotFound)]
    public async Task Upload_OtherRefusals_AreToldApartAndPermanent(int status, string message, string code)
    {
        var fault = await FaultOfAsync(status, message, null);

        Assert.Equal((code, false), (fault.Code, fault.Recoverable));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_LimitThatPasses_IsWaitedForAndTheRecordArrives()
    {
        AddRefusal(403, "You have exceeded a secondary rate limit.", "5");

        var outcome = await DestinationStack.WithoutLimits(
            _destination!, new ResilienceOptions { Time = new FakeTimeProvider() }).PublishAsync(TestExports.Context(), default);

        Assert.Null(outcome.Fault);
        Assert.Equal(2, outcome.Attempts);
        Assert.Single(_server!.Messages());
    }

    private async Task<ExportFault> FaultOfAsync(int status, string message, string? retryAfter, params (string Name, string Value)[] headers)
    {
        AddRefusal(status, message, retryAfter, headers);
        return (await Assert.ThrowsAsync<ExportException>(() => _destination!.UploadAsync(TestExports.Context(), default))).Fault;
    }

    private void AddRefusal(int status, string message, string? retryAfter, params (string Name, string Value)[] headers) => _server!.Add(new FakeFault
    {
        Method = "PUT",
        Status = status,
        Body = System.Text.Json.JsonSerializer.Serialize(new { message }),
        ContentType = "application/json",
        RetryAfter = retryAfter,
        Headers = headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.Ordinal),
    });
}
