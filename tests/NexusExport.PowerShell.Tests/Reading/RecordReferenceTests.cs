using NexusExport.PowerShell.Reading;

namespace NexusExport.PowerShell.Tests.Reading;

public sealed class RecordReferenceTests
{
    [Fact]
    public void Of_Text_IsAPathThatMayHaveWildcards()
    {
        var reference = Of("./records/*.xml");
        Assert.Equal("./records/*.xml", Assert.Single(reference.Patterns));
        Assert.Empty(reference.Exact);
    }

    [Theory]
    [InlineData("FullName")]
    [InlineData("LiteralPath")]
    [InlineData("PSPath")]
    [InlineData("RecordPath")]
    public void Of_ObjectThatNamesAFile_TakesThePathAsItIsWritten(string member)
    {
        var reference = Of(new object(), (member, "a[1].xml"));
        Assert.Equal("a[1].xml", Assert.Single(reference.Exact));
        Assert.Empty(reference.Patterns);
    }

    [Fact]
    public void Of_ObjectWithAPathAlone_MayMeanWildcards() => Assert.Equal("*.xml", Assert.Single(Of(new object(), ("Path", "*.xml")).Patterns));

    [Fact]
    public void Of_RecordOrWhatIsLeftOfOne_TakesItsPathAsItIsWrittenAndItsSession()
    {
        var reference = Of(new object(), ("Path", "/records/a[1].xml"), ("SessionIdentifier", "1041"));
        Assert.Equal("/records/a[1].xml", Assert.Single(reference.Exact));
        Assert.Equal("1041", reference.SessionIdentifier);
        Assert.Empty(reference.Patterns);
    }

    [Fact]
    public void Of_RowOfTheLog_TellsTheSession()
    {
        var reference = Of(new object(), ("SessionIdentifier", "1041"), ("RecordPath", ""), ("Path", null));
        Assert.Equal("1041", reference.SessionIdentifier);
        Assert.Empty(reference.Exact);
        Assert.False(reference.SaysNothing);
    }

    [Fact]
    public void Of_SeveralPathsInOneMember_TakesEach() =>
        Assert.Equal(["a.xml", "b.xml"], Of(new object(), ("FullName", new object?[] { "a.xml", null, "b.xml" })).Exact);

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    public void Of_ObjectWhosePathIsBlank_SaysNothing(string? path) => Assert.True(Of(new object(), ("Path", path), ("FullName", path)).SaysNothing);

    [Fact]
    public void Of_BlankText_SaysNothing() => Assert.True(Of(" ").SaysNothing);

    private static RecordReference Of(object value, params (string Name, object? Value)[] members) =>
        RecordReference.Of(value, name => members.FirstOrDefault(member => member.Name == name).Value);
}
