using NexusExport.Store.Sqlite;

namespace NexusExport.Tests.Store.Sqlite;

public sealed class JsonValuesTests
{
    [Fact]
    public void Write_OfEveryKind_ComesBack()
    {
        var moment = new DateTimeOffset(2026, 1, 23, 12, 0, 0, TimeSpan.FromHours(-7));
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["null"] = null,
            ["flag"] = true,
            ["byte"] = (byte)7,
            ["long"] = long.MaxValue,
            ["double"] = 1.5,
            ["decimal"] = 2.25m,
            ["text"] = "a \"quoted\" ünïcode\n",
            ["list"] = new object?[] { 1, "two", null },
            ["group"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["inner"] = 3 },
            ["moment"] = moment,
        };

        var read = JsonValues.Read(JsonValues.Write(values));

        Assert.Equal(values.Keys.Order(StringComparer.Ordinal), read.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((null, true, 7L, long.MaxValue, 1.5, 2.25), (read["null"], read["flag"], read["byte"], read["long"], read["double"], read["decimal"]));
        Assert.Equal(values["text"], read["text"]);
        Assert.Equal([1L, "two", null], Assert.IsType<object?[]>(read["list"]));
        Assert.Equal(3L, Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(read["group"])["inner"]);
        Assert.Equal("2026-01-23T12:00:00-07:00", read["moment"]);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Write_ANumberThatJsonHasNoWordFor_BecomesText(double value) =>
        Assert.IsType<string>(JsonValues.Read(JsonValues.Write([new("n", value)]))["n"]);

    [Fact]
    public void Write_WhatHoldsItself_Ends()
    {
        var circle = new Dictionary<string, object?>(StringComparer.Ordinal);
        circle["self"] = circle;
        var list = new List<object?>();
        list.Add(list);
        circle["list"] = list;

        Assert.NotEmpty(JsonValues.Write(circle));
    }

    [Fact]
    public void Write_LoneSurrogates_AreNoObstacle() =>
        Assert.NotEmpty(JsonValues.Read(JsonValues.Write([new("a\uD800", "b\uDC00")])));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Read_OfNothing_IsEmpty(string? json) => Assert.Empty(JsonValues.Read(json));

    [Theory]
    [InlineData("not json")]
    [InlineData("[1,2]")]
    [InlineData("{\"a\":")]
    [InlineData("7")]
    public void Read_OfAnotherProgramsText_KeepsIt(string json) => Assert.Equal(json, JsonValues.Read(json)["text"]);

    [Fact]
    public void Read_OfAKeyTwice_TakesTheLast() => Assert.Equal(2L, JsonValues.Read("{\"a\":1,\"a\":2}")["a"]);

    [Fact]
    public void Read_OfANumberBeyondLong_IsADouble() => Assert.Equal(1e30, JsonValues.Read("{\"a\":1e30}")["a"]);
}
