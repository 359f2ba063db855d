namespace NexusExport.Tests.Recordings;

public sealed class RecordingTests
{
    [Fact]
    [RequiresShared(Recording.CdcsPath)]
    public void Cdcs_IsReadWhole()
    {
        Assert.Equal(289, Recording.Cdcs.Exchanges.Count);
        var exchange = Recording.Cdcs["data.create.no-right"];
        Assert.Equal(("norights", "POST", "/rest/data/", 500), (exchange.Account, exchange.Request.Method, exchange.Request.Path, exchange.Response.Status));
        Assert.Contains("enough rights to publish", exchange.Response.Body, StringComparison.Ordinal);
        Assert.True(exchange.Response.IsJson);
    }

    [Fact]
    [RequiresShared(Recording.ElabFtwPath)]
    public void ElabFtw_IsReadWhole() => Assert.Equal(301, Recording.ElabFtw.Exchanges.Count);

    [Theory]
    [InlineData("""{"a":1,"b":null,"c":[{"d":"x"}],"e":true}""", """{"a":2,"b":null,"c":[{"d":""},{}],"e":false}""", 0)]
    [InlineData("""{"a":1}""", """{"a":"1"}""", 1)]
    [InlineData("""{"a":null}""", """{"a":1}""", 1)]
    [InlineData("""{"a":1}""", """{"b":1}""", 2)]
    [InlineData("""[]""", """[1]""", 1)]
    [InlineData("""[{"a":1}]""", """[{"a":{}}]""", 1)]
    public void Differences_OfShapes_AreTold(string recorded, string actual, int count) =>
        Assert.Equal(count, JsonShape.Differences(recorded, actual).Count);
}
