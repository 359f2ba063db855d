using NexusExport.HelpGenerator;

namespace NexusExport.PowerShell.Tests.Shape;

/// <summary>What every cmdlet must be, checked for all at once so that a new one cannot forget.</summary>
public sealed class CmdletShapeTests
{
    /// <summary>The approved verbs that this module has a use for; whether PowerShell approves of them is seen by Pester.</summary>
    private static readonly string[] Reading = ["Find", "Get", "Test"];
    private static readonly string[] Changing = ["Initialize", "Invoke", "New", "Register", "Remove", "Save", "Set", "Unregister", "Update"];

    public static TheoryData<string> Names => [.. ModuleFiles.Cmdlets.Select(cmdlet => cmdlet.Name)];

    // A cmdlet that comes or goes is news for the manifest, the README and the about_ topics: it is named here, too.
    [Fact]
    public void Cmdlets_InTheAssembly_AreExactlyThese() => Assert.Equal(
        [
            "Find-CdcsRecord",
            "Get-ExportConfiguration",
            "Get-ExportDestination",
            "Get-Record",
            "Get-UploadLog",
            "Initialize-ExportDestination",
            "Invoke-RecordExport",
            "New-ExportConfiguration",
            "Register-ExportDestination",
            "Remove-CdcsRecord",
            "Save-CdcsRecord",
            "Set-ExportDestination",
            "Test-ExportDestination",
            "Unregister-ExportDestination",
            "Update-ExportDatabase",
        ],
        ModuleFiles.Cmdlets.Select(cmdlet => cmdlet.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Readme_EveryCmdlet_IsNamed(string name)
    {
        var readme = File.ReadAllText(Path.Combine(ModuleFiles.Root, "README.md"));
        Assert.Matches($"`{name}`|`{name.Split('-')[0]}-`", readme);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Name_EveryCmdlet_HasAKnownVerbAndASingularNoun(string name)
    {
        var cmdlet = Find(name);
        Assert.Contains(cmdlet.Verb, Reading.Concat(Changing));
        Assert.DoesNotMatch("[^s]s$", cmdlet.Noun);
        Assert.Equal($"{cmdlet.Verb}{cmdlet.Noun}Command", cmdlet.Type.Name);
        Assert.True(cmdlet.Type.IsSealed);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ShouldProcess_CmdletThatChangesSomething_IsSupported(string name) =>
        Assert.Equal(Changing.Contains(Find(name).Verb), Find(name).SupportsShouldProcess);

    [Theory]
    [MemberData(nameof(Names))]
    public void Pipeline_EveryParameterSet_TakesOneParameterByValueAtMost(string name)
    {
        var cmdlet = Find(name);
        Assert.All(cmdlet.ParameterSets, set => Assert.InRange(cmdlet.Parameters.Count(parameter => parameter.UseIn(set) is { ByValue: true }), 0, 1));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Positions_EveryParameterSet_AreDistinct(string name)
    {
        var cmdlet = Find(name);
        Assert.All(cmdlet.ParameterSets, set =>
        {
            var positions = cmdlet.Parameters.Select(parameter => parameter.UseIn(set)?.Position).Where(position => position is not null).ToList();
            Assert.Equal(positions.Count, positions.Distinct().Count());
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void DestinationName_WhereverItIsTaken_IsCompleted(string name)
    {
        var properties = Find(name).Type.GetProperties().Where(property => property.Name is "DestinationName" or "NotExportedTo");
        Assert.All(properties, property =>
            Assert.Contains(property.GetCustomAttributesData(), data => data.AttributeType.Name == "ArgumentCompleterAttribute"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Help_EveryCmdlet_LacksNothing(string name) => Assert.Empty(HelpReview.Find(Find(name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Output_EveryTypeOfOurs_HasAViewOfFiveColumnsAtMost(string name)
    {
        var tables = ModuleFiles.Formats().Descendants("View").Where(view => view.Element("TableControl") is not null).ToList();
        Assert.All(Find(name).Outputs.Where(type => type.Namespace == "NexusExport"), type =>
        {
            var view = Assert.Single(tables, view => view.Descendants("TypeName").Any(typeName => typeName.Value == type.FullName));
            Assert.InRange(view.Descendants("TableColumnHeader").Count(), 1, 5);
            Assert.Equal(view.Descendants("TableColumnHeader").Count(), view.Descendants("TableColumnItem").Count());
        });
    }

    [Fact]
    public void Views_PropertyNames_ExistOnTheirTypes()
    {
        foreach (var view in ModuleFiles.Formats().Descendants("View"))
        {
            var name = view.Descendants("TypeName").Single().Value;
            var type = typeof(LabRecord).Assembly.GetType(name) ?? typeof(ExportEngine).Assembly.GetType(name, throwOnError: true)!;
            Assert.All(view.Descendants("PropertyName"), property => Assert.NotNull(type.GetProperty(property.Value)));
        }
    }

    private static CmdletModel Find(string name) => ModuleFiles.Cmdlets.Single(cmdlet => cmdlet.Name == name);
}
