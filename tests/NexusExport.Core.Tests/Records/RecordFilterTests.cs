using NexusExport.Records;

namespace NexusExport.Tests.Records;

public sealed class RecordFilterTests
{
    private static readonly LabRecord Record = new()
    {
        SessionIdentifier = "https://nemo/api/usage_events/?id=[31]",
        InstrumentPid = "FEI-Titan-TEM",
        InstrumentName = "The Titan",
        User = "ned",
        Status = "TO_BE_BUILT",
        From = new DateTimeOffset(2026, 1, 12, 9, 0, 0, TimeSpan.FromHours(-7)),
        Metadata = new Dictionary<string, object?>(StringComparer.Ordinal) { [RecordMetadata.Experimenters] = new[] { "Ned Land (ned)", "Conseil" } },
    };

    public static TheoryData<RecordQuery, bool> Queries() => new()
    {
        { new(), true },
        { new() { SessionIdentifier = ["https://nemo/api/usage_events/?id=[31]"] }, true },
        { new() { SessionIdentifier = ["x", "*usage_events*"] }, true },
        { new() { SessionIdentifier = ["31"] }, false },
        { new() { Instrument = ["fei-*"] }, true },
        { new() { Instrument = ["*titan"] }, true },
        { new() { Instrument = ["JEOL*"] }, false },
        { new() { User = ["NED"] }, true },
        { new() { User = ["conseil"] }, true },
        { new() { User = ["aronnax"] }, false },
        { new() { Status = ["to_be_*"] }, true },
        { new() { Status = ["COMPLETED"] }, false },
        { new() { Since = new DateTimeOffset(2026, 1, 12, 16, 0, 0, TimeSpan.Zero) }, true },
        { new() { Since = new DateTimeOffset(2026, 1, 12, 16, 0, 1, TimeSpan.Zero) }, false },
        { new() { Before = new DateTimeOffset(2026, 1, 12, 16, 0, 1, TimeSpan.Zero) }, true },
        { new() { Before = new DateTimeOffset(2026, 1, 12, 16, 0, 0, TimeSpan.Zero) }, false },
        { new() { Instrument = ["fei-*"], User = ["aronnax"] }, false },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public void LetsThrough_Query_Decides(RecordQuery query, bool expected) =>
        Assert.Equal(expected, new RecordFilter(query, NowhereYet).LetsThrough(Record));

    [Fact]
    public void LetsThrough_FilterOnWhatTheRecordDoesNotTell_IsFalse()
    {
        var bare = new LabRecord { SessionIdentifier = "31" };

        Assert.All(
            [
                new() { Instrument = ["*"] }, new() { User = ["*"] }, new() { Status = ["*"] },
                new() { Since = DateTimeOffset.MinValue }, new() { Before = DateTimeOffset.MaxValue },
            ],
            (RecordQuery query) => Assert.False(new RecordFilter(query, NowhereYet).LetsThrough(bare)));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("cdcs", true)]
    [InlineData("archive", true)]
    [InlineData("CDCS,archive,other", false)]
    public void LetsThrough_NotExportedTo_WantsAtLeastOneMissing(string having, bool expected)
    {
        var filter = new RecordFilter(new() { NotExportedTo = ["cdcs", "archive"] }, (_, _) => having.Split(',').ToHashSet(StringComparer.Ordinal));

        Assert.Equal(expected, filter.LetsThrough(Record));
    }

    [Fact]
    public void LetsThrough_OtherFilterRefuses_DoesNotAskTheJournal()
    {
        var query = new RecordQuery { User = ["aronnax"], NotExportedTo = ["cdcs"] };
        var filter = new RecordFilter(query, (_, _) => throw new InvalidOperationException("asked"));

        Assert.False(filter.LetsThrough(Record));
    }

    private static HashSet<string> NowhereYet(LabRecord record, IReadOnlyCollection<string> names) => [];
}
