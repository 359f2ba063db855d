using NexusExport.Destinations.GitHub;

namespace NexusExport.Tests.Destinations.GitHub;

public sealed class GitHubFolderTests
{
    [Theory]
    [InlineData("new.xml", "new.xml")]
    [InlineData("rec.xml", "rec_2.xml")]
    [InlineData("REC.xml", "REC_2.xml")]
    [InlineData("re\u0301c.xml", "re\u0301c_1.xml")]
    [InlineData("folder", "folder_1")]
    public void Choose_ANameThatIsTakenSomewhere_IsTheNextThatIsFreeEverywhere(string name, string expected) =>
        Assert.Equal(new(expected, null, IsThere: false), Folder().Choose(name, "content", replaced: false));

    [Theory]
    [InlineData("rec.xml", "two", "rec_1.xml")]
    [InlineData("REC.XML", "one", "rec.xml")]
    [InlineData("r\u00e9c.xml", "three", "r\u00e9c.xml")]
    public void Choose_AContentThatIsThere_IsItsPlace(string name, string blob, string expected) =>
        Assert.Equal(new(expected, blob, IsThere: true), Folder().Choose(name, blob, replaced: false));

    [Theory]
    [InlineData("other.xml", "one")]
    [InlineData("rec_1_1.xml", "two")]
    public void NameOf_AContentThatStandsUnderANameOfOthers_IsNone(string name, string blob) => Assert.Null(Folder().NameOf(name, blob, replaced: false));

    [Theory]
    [InlineData("rec.xml", "other", "one", false)]
    [InlineData("rec.xml", "one", "one", true)]
    [InlineData("rec.xml", "two", "one", false)]
    [InlineData("new.xml", "one", null, false)]
    public void Choose_Replacing_IsTheNameItself(string name, string blob, string? sha, bool isThere) =>
        Assert.Equal(new(name, sha, isThere), Folder().Choose(name, blob, replaced: true));

    [Fact]
    public void Choose_AfterWhatWasLearned_FollowsIt()
    {
        var folder = Folder();
        folder.Learn("new.xml", "four");
        folder.Learn("rec.xml", null);
        folder.Reserve("kept.xml");

        Assert.Equal("NEW_1.xml", folder.Choose("NEW.xml", "x", replaced: false).Name);
        Assert.Equal(new("new.xml", "four", IsThere: true), folder.Choose("new.xml", "four", replaced: false));
        Assert.Equal("rec.xml", folder.Choose("rec.xml", "x", replaced: false).Name);
        Assert.Equal("kept_1.xml", folder.Choose("kept.xml", "x", replaced: false).Name);
    }

    private static GitHubFolder Folder() => new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["rec.xml"] = "one",
        ["rec_1.xml"] = "two",
        ["r\u00e9c.xml"] = "three",
        ["folder"] = "tree",
    });
}
