using System.Text.Json;
using NexusExport.Destinations.Http;

namespace NexusExport.Tests.Destinations.Http;

public sealed class JsonFieldsTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("""{"x":null}""")]
    [InlineData("""{"x":{}}""")]
    [InlineData("""{"x":"\ud800"}""")]
    [InlineData("""{"x":1e400}""")]
    public void EveryField_OfSomethingElse_SaysNothing(string json)
    {
        using var document = JsonDocument.Parse(json);
        var owner = document.RootElement;

        Assert.Null(JsonFields.Text(owner, "x"));
        Assert.Null(JsonFields.Page(owner, "x"));
        Assert.Null(JsonFields.Number(owner, "x"));
        Assert.False(JsonFields.Flag(owner, "x"));
        Assert.Empty(JsonFields.Items(owner, "x"));
        Assert.Throws<JsonException>(() => JsonFields.Required(owner, "x"));
    }

    [Theory]
    [InlineData("""{"x":12}""", 12L)]
    [InlineData("""{"x":"12"}""", 12L)]
    [InlineData("""{"x":12.5}""", null)]
    [InlineData("""{"x":"twelve"}""", null)]
    public void Number_OfAWholeOne_IsRead(string json, long? expected)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Equal(expected, JsonFields.Number(document.RootElement, "x"));
    }

    [Theory]
    [InlineData("https://github.example/a b", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("/relative", false)]
    public void Page_OfAnAddress_IsOneOfAPage(string address, bool isOne)
    {
        using var document = JsonDocument.Parse(JsonSerializer.Serialize(new { x = address }));

        Assert.Equal(isOne ? address : null, JsonFields.Page(document.RootElement, "x"));
    }
}
