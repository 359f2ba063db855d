using NexusExport.Configuration.Checks;

namespace NexusExport.Tests.Configuration;

public sealed class DependencyGraphTests
{
    [Fact]
    public void RunningOrder_OfEqualPriorities_PutsWhatOthersDependOnFirst()
    {
        var graph = Graph(new("a", 50, ["z"]), new("z", 50, ["m"]), new("m", 50, []), new("first", 90, []), new("b", 50, []));

        Assert.Equal(["first", "m", "z", "a", "b"], graph.RunningOrder());
    }

    [Fact]
    public void RunningOrder_OfACircle_NamesEveryoneOnce() =>
        Assert.Equal(["b", "a"], Graph(new("a", 50, ["B"]), new("b", 50, ["A"])).RunningOrder());

    [Fact]
    public void Check_OfWhatWorks_FindsNothing() =>
        Assert.Empty(Graph(new("a", 50, ["B", "c"]), new("b", 90, ["c"]), new("c", 100, [])).Check());

    [Fact]
    public void Check_AnUnknownName_SuggestsTheNearest()
    {
        var problem = Assert.Single(Graph(new("a", 50, ["cdsc"]), new("cdcs", 100, [])).Check());

        Assert.Equal(("a", "cdsc", true), (problem.Dependant, problem.Dependency, problem.IsUnknown));
        Assert.Contains("cdcs", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ADependencyOfLowerPriority_SaysWhichPrioritiesWouldDo()
    {
        var problem = Assert.Single(Graph(new("a", 60, ["b"]), new("b", 50, [])).Check());

        Assert.False(problem.IsUnknown);
        Assert.Contains("'b' a priority of 60 or more, or 'a' one of 50 or less", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ACircle_IsToldOnceAndInFull()
    {
        var problem = Assert.Single(Graph(new("a", 50, ["b"]), new("b", 50, ["c"]), new("c", 50, ["a"]), new("d", 50, ["a"])).Check());

        Assert.Contains("a → b → c → a", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_OneThatDependsOnItself_IsACircle() =>
        Assert.Contains("a → a", Assert.Single(Graph(new DependencyNode("a", 50, ["A"])).Check()).Message, StringComparison.OrdinalIgnoreCase);

    private static DependencyGraph Graph(params DependencyNode[] nodes) => new(nodes);
}
