using NexusExport.Publishing;
using NexusExport.Publishing.Gates;
using NexusExport.Records;
using NexusExport.Store;
using NexusExport.Tests.Publishing.Gates;

namespace NexusExport.Tests.Publishing;

/// <summary>What is written down of an outcome, for all that it may say of itself. Journaling stands for its name.</summary>
public sealed class ResultSettlerTests
{
    [Theory]
    [InlineData("JobAndLog", true)]
    [InlineData("Job", false)]
    public async Task SettleAsync_WhatIsToBeWritten_IsWrittenWithOrWithoutALogRow(string journaling, bool log)
    {
        var entry = Assert.Single(await SettleAsync(journaling, hasSessions: false));

        Assert.Equal((log, null), (entry.WriteLog, entry.Session));
    }

    [Theory]
    [InlineData(false, true, null)]
    [InlineData(true, false, null)]
    [InlineData(true, true, RecordStatus.Completed)]
    public async Task SettleAsync_WhatTheJournalKnows_IsNotWritten(bool hasSessions, bool isLast, string? status) =>
        Assert.Empty(await SettleAsync("Nothing", hasSessions, isLast, status: status));

    [Fact]
    public async Task SettleAsync_WhatTheJournalKnowsOfASessionThatWasBuiltAnew_SetsItsStatus()
    {
        var entry = Assert.Single(await SettleAsync("Nothing", hasSessions: true, status: RecordStatus.BuiltNotExported));

        Assert.Equal((false, new SessionUpdate("31", RecordStatus.Completed)), (entry.WriteLog, entry.Session));
    }

    [Theory]
    [InlineData(false, true, RecordStatus.BuiltNotExported)]
    [InlineData(true, false, RecordStatus.BuiltNotExported)]
    [InlineData(true, true, RecordStatus.Completed)]
    public async Task SettleAsync_ByTheVerdict_SetsTheSessionsStatus(bool isLast, bool isSatisfied, string expected)
    {
        var entry = Assert.Single(await SettleAsync("JobAndLog", hasSessions: true, isLast, isSatisfied));

        Assert.Equal(new SessionUpdate("31", expected, UnlessCompleted: !isLast), entry.Session);
    }

    [Fact]
    public async Task SettleAsync_WhatHasNoName_IsWrittenNowhere() => Assert.Empty(await SettleAsync("Nothing", hasSessions: true, session: string.Empty));

    private static async Task<List<ResultEntry>> SettleAsync(
        string journaling, bool hasSessions, bool isLast = true, bool isSatisfied = true, string? status = null, string session = "31")
    {
        var journal = new Entries();
        var outcome = new PublishOutcome(GateQuestions.Result("cdcs", ExportStatus.Exported), Receipt: null, Enum.Parse<Journaling>(journaling));
        await new ResultSettler(journal, hasSessions).SettleAsync(new(session, Status: status), outcome, isLast, isSatisfied);
        return journal.Written;
    }

    private sealed class Entries : IResultJournal
    {
        public List<ResultEntry> Written { get; } = [];

        public Task RecordAsync(ResultEntry entry, CancellationToken cancellationToken)
        {
            Written.Add(entry);
            return Task.CompletedTask;
        }

        public Task<bool> RecordRemovalAsync(string destinationName, string recordId, CancellationToken cancellationToken) => Task.FromResult(false);
    }
}
