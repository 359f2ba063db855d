using System.Text;
using NexusExport.Destinations.GitHub;

namespace NexusExport.Tests.Destinations.GitHub;

public sealed class GitHubSettingsCheckTests
{
    [Theory]
    [InlineData("repository", "records", "owner/name")]
    [InlineData("repository", "lab/records/more", "owner/name")]
    [InlineData("repository", "https://github.com/lab/records", "owner/name")]
    [InlineData("api_url", "ftp://github.example", "http")]
    [InlineData("api_url", "https://github.com", "https://api.github.com")]
    [InlineData("path", "records/../secrets", "'..'")]
    [InlineData("path", "records//2026", "''")]
    [InlineData("path", ".GIT/hooks", "'.GIT'")]
    [InlineData("path", "a/.git.", "'.git.'")]
    [InlineData("path", "a/.g\u200cit/b", "git")]
    [InlineData("path", "GIT~1", "'GIT~1'")]
    [InlineData("path", "records/what?", "'what?'")]
    [InlineData("path", "C:/records", "'C:'")]
    [InlineData("path", "records/aux", "'aux'")]
    [InlineData("path", "records/com1.old", "'com1.old'")]
    [InlineData("path", "records /2026", "'records '")]
    [InlineData("path", "records./2026", "'records.'")]
    [InlineData("path", "re\u0301cords", "re\u0301cords")]
    [InlineData("path", "a\tb", "with the segment 'a")]
    [InlineData("commit_message", "{action} {filname}", "{filname}")]
    public void Check_BadSetting_IsNamed(string setting, string value, string named)
    {
        var fault = Assert.Single(GitHubSettingsCheck.Check(GitHubBed.Settings(null, (setting, value))));

        Assert.Equal(ExportErrorCode.ConfigurationInvalid, fault.Code);
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_NothingConfigured_NamesRepositoryAndToken() => Assert.Collection(
        GitHubSettingsCheck.Check(new() { Name = "github", Type = "github", Priority = 75 }),
        fault => Assert.Contains("repository", fault.Message, StringComparison.Ordinal),
        fault => Assert.Contains("token", fault.Message, StringComparison.Ordinal));

    [Theory]
    [InlineData("lab.x/records_2-b", "/records/2026/", "https://github.example/api/v3")]
    [InlineData("a/b", "", "http://localhost:8080")]
    public void Check_GoodSettings_FindsNothing(string repository, string path, string url) =>
        Assert.Empty(GitHubSettingsCheck.Check(GitHubBed.Settings(null, ("repository", repository), ("path", path), ("api_url", url), ("token", new SecretText("t")))));

    [Theory]
    [InlineData(".git", "_.git")]
    [InlineData("git~1", "_git~1")]
    [InlineData(".gitignore", ".gitignore")]
    [InlineData("a?.xml", "a_.xml")]
    public void NameOf_AFile_IsOneThatGitTakes(string name, string expected) => Assert.Equal(expected, GitHubDestinationSettings.NameOf(name));

    [Theory]
    [InlineData("https://api.github.com", "https://github.com/lab/records")]
    [InlineData("https://api.lab.ghe.com/", "https://lab.ghe.com/lab/records")]
    [InlineData("https://git.lab.example/api/v3", "https://git.lab.example/lab/records")]
    public void PageOf_AFile_IsThatOfTheHost(string api, string expected) => Assert.Equal(
        $"{expected}/blob/lab/data/a%20%231/b.xml",
        GitHubDestinationSettings.From(GitHubBed.Settings(null, ("api_url", api))).PageOf("lab/data", "a #1/b.xml"));

    // Reference values of "git hash-object".
    [Theory]
    [InlineData("", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")]
    [InlineData("hello", "b6fc4c620b67d95f953a5c1c1230aaab5db5a1b0")]
    public void Sha_OfABlob_IsGits(string content, string sha) => Assert.Equal(sha, GitBlob.Sha(Encoding.UTF8.GetBytes(content)));

    [Fact]
    public void NameFor_SameRecord_IsTheSameAndOthersDiffer()
    {
        var name = GitHubExportBranch.NameFor(TestExports.Context());

        Assert.Equal(name, GitHubExportBranch.NameFor(TestExports.Context()));
        Assert.NotEqual(name, GitHubExportBranch.NameFor(TestExports.Context("other-name.xml")), StringComparer.Ordinal);
        Assert.NotEqual(name, GitHubExportBranch.NameFor(TestExports.Context(session: "205")), StringComparer.Ordinal);
        Assert.StartsWith(GitHubExportBranch.RecordOf(TestExports.Context(text: "other")), name, StringComparison.Ordinal);
        Assert.NotEqual(name, GitHubExportBranch.NameFor(TestExports.Context(text: "other")), StringComparer.Ordinal);
    }
}
