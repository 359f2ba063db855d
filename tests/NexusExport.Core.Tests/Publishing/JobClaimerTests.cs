using NexusExport.Publishing;
using NexusExport.Store;
using NexusExport.Tests.Store;

namespace NexusExport.Tests.Publishing;

public sealed class JobClaimerTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task ClaimAsync_WhileAnotherProcessIsAtIt_AsksUntilItsAnswerIsThere()
    {
        var journal = new Answers(JobClaimKind.Busy, JobClaimKind.Busy, JobClaimKind.AlreadyExported);

        var claim = await new JobClaimer(journal, _time).ClaimAsync(StoreTestData.Request(), CancellationToken.None);

        Assert.Equal((JobClaimKind.AlreadyExported, 3, 2), (claim.Kind, journal.Asked, _time.Delays.Count));
    }

    [Fact]
    public async Task ClaimAsync_WhereItNeverEnds_GivesUpAfterAMinute()
    {
        var started = _time.GetUtcNow();

        var exception = await Assert.ThrowsAsync<ExportException>(
            () => new JobClaimer(new Answers(JobClaimKind.Busy), _time).ClaimAsync(StoreTestData.Request(), CancellationToken.None));

        Assert.Equal(ExportErrorCode.InProgress, exception.Fault.Code);
        Assert.InRange((_time.GetUtcNow() - started).TotalSeconds, 60, 61);
    }

    /// <summary>A journal that gives these answers, the last of them for ever.</summary>
    private sealed class Answers(params JobClaimKind[] kinds) : IJobJournal
    {
        public int Asked { get; private set; }

        public Task<JobClaim> ClaimAsync(JobRequest request, CancellationToken cancellationToken) =>
            Task.FromResult(new JobClaim(kinds[Math.Min(Asked++, kinds.Length - 1)], "job", Receipt: null));

        public Task ReportProgressAsync(string jobId, DestinationReceipt receipt, CancellationToken cancellationToken) => Task.CompletedTask;

        public DestinationHistory GetHistory(string destinationName) => new(Since: null, Known: 0);
    }
}
