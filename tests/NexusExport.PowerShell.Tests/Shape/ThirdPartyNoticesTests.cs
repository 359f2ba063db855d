using System.Text.RegularExpressions;

namespace NexusExport.PowerShell.Tests.Shape;

/// <summary>What is shipped of others, and that it is told with its licence.</summary>
public sealed partial class ThirdPartyNoticesTests
{
    private const string Notices = "THIRD-PARTY-NOTICES.md";

    private static readonly string Lib = Path.Combine(ModuleFiles.Staged, "lib");

    private static IReadOnlyList<Match> Rows { get; } = [.. Row().Matches(File.ReadAllText(Path.Combine(ModuleFiles.Staged, Notices))).Cast<Match>()];

    [Fact]
    public void Notices_NameEveryFileOfOthersThatIsStaged()
    {
        var shipped = Directory.EnumerateFiles(Lib, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetFileName(path))
            .Where(name => !name.StartsWith("NexusExport.", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

        Assert.Equal(shipped, Rows.Where(row => !row.Groups["program"].Success).SelectMany(Files).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Notices_NameThePackagesOfTheProgram()
    {
        var project = File.ReadAllText(Path.Combine(ModuleFiles.Root, "src", "NexusExport.Host", "NexusExport.Host.csproj"));

        Assert.Equal(
            PackageReference().Matches(project).Cast<Match>().Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal),
            Rows.Where(row => row.Groups["program"].Success).Select(row => row.Groups["name"].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Notices_NameTheVersionsThatAreBuiltWith()
    {
        var versions = File.ReadAllText(Path.Combine(Lib, "NexusExport.Core.deps.json"));
        var central = File.ReadAllText(Path.Combine(ModuleFiles.Root, "Directory.Packages.props"));

        Assert.All(Rows, row =>
        {
            var (name, version) = (row.Groups["name"].Value, row.Groups["version"].Value);
            Assert.True(
                versions.Contains($"\"{name}/{version}\"", StringComparison.Ordinal)
                || versions.Contains($"\"{name}/{version}.0\"", StringComparison.Ordinal)
                || central.Contains($"Include=\"{name}\" Version=\"{version}\"", StringComparison.Ordinal),
                $"{name} {version} is not what is built with");
        });
    }

    [Fact]
    public void Notices_BringTheTextOfEveryLicence()
    {
        var text = File.ReadAllText(Path.Combine(ModuleFiles.Staged, Notices));

        Assert.All(
            Rows.Select(row => row.Groups["licence"].Value).Where(
                licence => !licence.StartsWith("GPL", StringComparison.Ordinal) && !licence.StartsWith("SQLite", StringComparison.Ordinal)),
            licence => Assert.Contains($"\n## {licence}", text, StringComparison.Ordinal));
        Assert.Contains("Universal FOSS Exception", File.ReadAllText(Path.Combine(ModuleFiles.Staged, "licenses", "MySql.Data.txt")), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(ModuleFiles.Staged, "LICENSE")));
    }

    private static IEnumerable<string> Files(Match row) => row.Groups["files"].Value.Split(", ").Select(file => file.Trim('`'));

    [GeneratedRegex(
        @"^\| (?<name>[A-Za-z0-9._]+)(?<program> \(program\))? \| (?<version>[0-9.]+) \| (?<files>[^|]+) \| (?<licence>[^|]+) \| [^|]+ \|\r?$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Row();

    [GeneratedRegex("<PackageReference Include=\"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PackageReference();
}
