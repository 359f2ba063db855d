using System.Text.RegularExpressions;
using NexusExport.Tests.Store.Contract;

namespace NexusExport.Tests.Architecture;

/// <summary>The store is known by its ports: which engine is behind them stands in one place.</summary>
public sealed partial class StorePortTests
{
    private const string Engine = "Store/Sqlite";

    private static readonly IComparer<Type> ByName = Comparer<Type>.Create((one, other) => string.CompareOrdinal(one.Name, other.Name));

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

    [Fact]
    public void Statements_OfTheStore_AreMadeInOnePlace()
    {
        var makers = ProjectSources.Files(Path.Combine(ProjectSources.Projects["NexusExport.Core"], Engine))
            .Where(file => SqlCommand().IsMatch(File.ReadAllText(file)))
            .Select(Path.GetFileName);

        Assert.Equal(["SqlStatements.cs"], makers);
    }

    [Fact]
    public void Contracts_OfTheStore_AreEachKeptBySqlite()
    {
        var types = typeof(StoreContract).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(StoreContract))).ToLookup(type => type.IsAbstract);

        Assert.NotEmpty(types[true]);
        Assert.Equal(types[true].Order(ByName), types[false].Select(type => type.BaseType!).Order(ByName));
    }

    [Fact]
    public void Contracts_OfTheStore_KnowNoEngine()
    {
        var folder = Path.Combine(SharedFixtures.Repository, "tests", "NexusExport.Core.Tests", "Store", "Contract");

        Assert.DoesNotContain(ProjectSources.Files(folder), file => File.ReadAllText(file).Contains("Sqlite", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\b(CreateCommand|SqliteCommand|using Dapper)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SqlCommand();

    [GeneratedRegex(@"\b(Microsoft\.Data\.Sqlite|SQLitePCL)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SqlitePackage();
}
