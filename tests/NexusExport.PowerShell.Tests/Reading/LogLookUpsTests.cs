using NexusExport.PowerShell.Reading;
using NexusExport.Store;

namespace NexusExport.PowerShell.Tests.Reading;

public sealed class LogLookUpsTests
{
    [Fact]
    public void Take_OfManySessions_GivesOneQueryForEachChoiceOfDestinations()
    {
        var lookUps = new LogLookUps(new UploadLogQuery { Failed = true, SessionIdentifier = ["a*"] });
        lookUps.Add(["a", "b"], ["cdcs"]);
        lookUps.Add(["a"], ["CDCS"]);
        lookUps.Add(["a"], []);

        var queries = lookUps.Take();

        Assert.Equal(["a b", "a"], queries.Select(query => string.Join(' ', query.LiteralSessions)));
        Assert.Equal(["cdcs", ""], queries.Select(query => string.Join(' ', query.DestinationName)));
        Assert.All(queries, query => Assert.True(query.Failed));
        Assert.All(queries, query => Assert.Empty(query.SessionIdentifier));
        Assert.Empty(lookUps.Take());
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(10, false)]
    public void IsFull_AfterAThousand_UnlessTheNewestOfAllAreWanted(int? first, bool expected)
    {
        var lookUps = new LogLookUps(new UploadLogQuery { First = first });
        for (var number = 0; number < LogLookUps.AtOnce; number++)
        {
            Assert.False(lookUps.IsFull);
            lookUps.Add([$"s{number}"], []);
            lookUps.Add([$"s{number}"], []);
        }

        Assert.Equal(expected, lookUps.IsFull);
    }
}
