using System.Text.RegularExpressions;

namespace NexusExport.PowerShell.Tests.Shape;

public sealed partial class ManifestTests
{
    private readonly string _manifest = File.ReadAllText(Path.Combine(ModuleFiles.Source, "NexusExport.psd1"));

    [Fact]
    public void CmdletsToExport_Manifest_ListsExactlyTheCmdlets()
    {
        var listed = ListOfCmdlets().Match(_manifest).Groups["names"].Value;
        Assert.Equal(ModuleFiles.Cmdlets.Select(cmdlet => cmdlet.Name), Quoted().Matches(listed).Select(match => match.Groups["name"].Value));
    }

    [Fact]
    public void Manifest_EveryList_HasNoWildcard() => Assert.DoesNotContain("'*'", _manifest, StringComparison.Ordinal);

    [Fact]
    public void StagedManifest_Version_IsTheBuildsVersion()
    {
        var version = Path.GetFileName(Path.TrimEndingDirectorySeparator(ModuleFiles.Staged));
        var staged = File.ReadAllText(Path.Combine(ModuleFiles.Staged, "NexusExport.psd1"));
        Assert.Contains($"ModuleVersion = '{version}'", staged, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NexusExport.PowerShell.dll")]
    [InlineData("NexusExport.Loader.dll")]
    [InlineData("NexusExport.Format.ps1xml")]
    [InlineData("en-US/NexusExport.PowerShell.dll-Help.xml")]
    [InlineData("en-US/about_NexusExport.help.txt")]
    [InlineData("lib/NexusExport.Abstractions.dll")]
    [InlineData("lib/NexusExport.Core.dll")]
    [InlineData("lib/NexusExport.Core.deps.json")]
    [InlineData("lib/YamlDotNet.dll")]
    [InlineData("lib/runtimes/linux-x64/native/libe_sqlite3.so")]
    [InlineData("lib/runtimes/win-x64/native/e_sqlite3.dll")]
    [InlineData("lib/runtimes/osx-arm64/native/libe_sqlite3.dylib")]
    public void StagedModule_File_IsThere(string path) => Assert.True(File.Exists(Path.Combine(ModuleFiles.Staged, path)), path);

    [Fact]
    public void StagedModule_Root_HoldsTwoDllsOnly() => Assert.Equal(
        ["NexusExport.Loader.dll", "NexusExport.PowerShell.dll"],
        Directory.GetFiles(ModuleFiles.Staged, "*.dll").Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"CmdletsToExport = @\((?<names>[^)]*)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ListOfCmdlets();

    [GeneratedRegex("'(?<name>[^']+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
