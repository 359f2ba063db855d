using NexusExport.Store;

namespace NexusExport.Tests.Store;

public sealed class DestinationHistoryTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    public void MayPrecede_OfARecord_IsWhatWasThereBeforeOrMayHaveBeen(int? minutes, bool expected)
    {
        var modified = minutes is { } after ? StoreTestData.Moment.AddMinutes(after) : (DateTimeOffset?)null;

        Assert.Equal(expected, new DestinationHistory(StoreTestData.Moment, 1).MayPrecede(modified));
        Assert.True(new DestinationHistory(null, 0).MayPrecede(modified));
    }
}
