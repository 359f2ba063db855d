using System.Text.RegularExpressions;

namespace NexusExport.Tests.Architecture;

/// <summary>The store is known by its ports: which engine is behind them stands in one place.</summary>
public sealed partial class StorePortTests
{
    private const string Engine = "Store/Sqlite";

    [Fact]
    public void SqliteTypes_OutsideTheirRoom_AreNamedByTheCompositionAlone() =>
        Assert.Equal(["Engine/DatabaseComposition.cs"], RoomGraph.Read(ProjectSources.Projects["NexusExport.Core"]).UsersOf(Engine));

    [Fact]
    public void SqlitePackages_OutsideTheirRoom_AreNotUsed()
    {
        var users = ProjectSources.Projects.Values
            .SelectMany(ProjectSources.Files)
            .Where(file => SqlitePackage().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(SharedFixtures.Repository, Path.GetDirectoryName(file)!).Replace('\\', '/'))
            .Distinct(StringComparer.Ordinal);

        Assert.Equal(["src/NexusExport.Core/" + Engine], users);
    }

    [GeneratedRegex(@"\b(Microsoft\.Data\.Sqlite|SQLitePCL)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SqlitePackage();
}
