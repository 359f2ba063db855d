namespace NexusExport.Tests.Architecture;

public sealed class RoomGraphTests
{
    [Theory]
    [MemberData(nameof(ProjectSources.Names), MemberType = typeof(ProjectSources))]
    public void Rooms_OfAProject_MakeNoCycle(string project)
    {
        var graph = RoomGraph.Read(ProjectSources.Projects[project]);

        Assert.Empty(graph.Topmost().Cycles());
        Assert.Empty(graph.Cycles());
    }

    [Fact]
    public void Rooms_OfCore_AreSeen()
    {
        var rooms = RoomGraph.Read(ProjectSources.Projects["NexusExport.Core"]).Rooms;

        Assert.Superset(new HashSet<string> { "Configuration", "Engine", "Publishing", "Routing", "Destinations", "Destinations/Cdcs", "Store/Sqlite" }, rooms.ToHashSet());
    }

    [Fact]
    public void Cycles_OfTwoRoomsThatUseEachOther_NameTheFiles()
    {
        using var folder = new TempFolder();
        folder.Write("One/A.cs", "namespace X.One; class A { X.Two.B? b; }");
        folder.Write("Two/B.cs", "namespace X.Two; class B { }");
        folder.Write("Two/C.cs", "namespace X.Two; class C { void Run() => new X.One.A(); }");

        Assert.Equal(["One uses Two: One/A.cs uses Two/B.cs", "Two uses One: Two/C.cs uses One/A.cs"], RoomGraph.Read(folder.Path).Cycles());
    }
}
