using NexusExport.Publishing;
using NexusExport.Tests.Store;

namespace NexusExport.Tests.Publishing;

/// <summary>What a run writes down of a result, in a NexusLIMS database whose sessions have a status.</summary>
public sealed class SettlingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("COMPLETED", "COMPLETED")]
    [InlineData("TO_BE_BUILT", "BUILT_NOT_EXPORTED")]
    public async Task Run_BetweenTwoDestinations_LeavesWhatIsCompletedAndKeepsTheRestFromBeingBuiltAgain(string before, string meanwhile)
    {
        IReadOnlyList<string> seen = [];
        var second = new ScriptedDestination("local", 80);
        second.OnUpload = (context, _) =>
        {
            seen = Statuses();
            return Task.FromResult(second.Store(context));
        };
        await using var harness = await HarnessAsync([new("cdcs", 100), second]);
        SetStatus(before);

        await harness.RunAsync([harness.Record("31")], harness.Plan());

        Assert.Equal([meanwhile, meanwhile], seen);
        Assert.Equal(["COMPLETED", "COMPLETED"], Statuses());
    }

    [Fact]
    public async Task Run_OfARecordThatIsThereAlready_CompletesASessionThatWasBuiltAnew()
    {
        await using var harness = await HarnessAsync([new("cdcs")]);
        var record = harness.Record("31");
        await harness.RunAsync([record], harness.Plan());
        SetStatus("BUILT_NOT_EXPORTED");

        var events = await harness.RunAsync([record with { Status = "BUILT_NOT_EXPORTED" }], harness.Plan());

        Assert.Equal(ExportStatus.AlreadyExported, Assert.Single(events.OfType<ResultReady>()).Result.Status);
        Assert.Equal(["COMPLETED", "COMPLETED"], Statuses());
    }

    [Fact]
    public async Task Run_WhoseResultCannotBeWrittenDown_FailsAndTheNextFindsTheRecord()
    {
        var destination = new ScriptedDestination("cdcs");
        await using var harness = await HarnessAsync([destination]);
        var record = harness.Record("31");
        NexusLimsDatabase.Run(Database, "CREATE TRIGGER refuse BEFORE INSERT ON upload_log BEGIN SELECT RAISE(ABORT, 'refused'); END");

        var events = await harness.RunAsync([record], harness.Plan());

        var result = Assert.Single(events.OfType<ResultReady>()).Result;
        Assert.Equal((ExportStatus.Failed, ExportErrorCode.DatabaseUnusable), (result.Status, result.ErrorCode));
        Assert.StartsWith("cdcs has the record (id cdcs-31), but the journal could not be written", result.ErrorMessage, StringComparison.Ordinal);
        Assert.False(Assert.IsType<RecordFinished>(events[^1]).Success);
        NexusLimsDatabase.Run(Database, "DROP TRIGGER refuse");
        await using var next = await NextProcessAsync([destination], harness);
        events = await next.RunAsync([record], next.Plan());
        Assert.Equal(ExportStatus.AlreadyExported, Assert.Single(events.OfType<ResultReady>()).Result.Status);
        Assert.Single(destination.Uploads);
    }

    private string Database => _folder["nexuslims.db"];

    private async Task<BatchHarness> HarnessAsync(IReadOnlyList<ScriptedDestination> destinations)
    {
        NexusLimsDatabase.Make(_folder, NexusLimsDatabase.V250);
        NexusLimsDatabase.AddSession(Database, "31", "2026-01-23T10:00:00-07:00", "2026-01-23T12:00:00-07:00");
        return await OpenAsync(destinations);
    }

    // A job of a living process is waited for, so the first one has to end.
    private async Task<BatchHarness> NextProcessAsync(IReadOnlyList<ScriptedDestination> destinations, BatchHarness before)
    {
        await before.DisposeAsync();
        return await OpenAsync(destinations);
    }

    private Task<BatchHarness> OpenAsync(IReadOnlyList<ScriptedDestination> destinations) =>
        BatchHarness.CreateAsync(_folder, destinations, settings => settings with { DatabasePath = Database });

    private void SetStatus(string status) => NexusLimsDatabase.Run(Database, $"UPDATE session_log SET record_status = '{status}'");

    private IReadOnlyList<string> Statuses() => NexusLimsDatabase.Query<string>(Database, "SELECT record_status FROM session_log ORDER BY id_session_log");
}
