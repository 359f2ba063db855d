using NexusExport.Configuration;
using NexusExport.Destinations;

namespace NexusExport.Tests.Configuration;

/// <summary>cdcs_destination: an optional dependency that is checked, and a default that may be missing.</summary>
public sealed class NamedDependencyTests : IDisposable
{
    private const string ELab = "type: elabftw, url: 'https://elab.example.org/', api_key: 'env:ELAB'";
    private const string LabArchives =
        "type: labarchives, access_key_id: a, access_password: 'env:ELAB', user_id: u, notebook_id: n";

    private readonly TempFolder _folder = new();

    public static TheoryData<string> Notebooks => [ELab, LabArchives];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Load_CdcsOfTheDefaultName_IsAnOptionalDependency(string notebook)
    {
        var settings = Load($"  CDCS: {{ {Cdcs()} }}\n  book: {{ {notebook} }}\n");

        Assert.Equal("CDCS?", Dependencies(settings, "book"));
        Assert.Empty(settings.Warnings);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Load_NoCdcsAtAll_IsNoDependencyAndNoWarning(string notebook)
    {
        var settings = Load($"  book: {{ {notebook} }}\n");

        Assert.Equal(string.Empty, Dependencies(settings, "book"));
        Assert.Empty(settings.Warnings);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Load_CdcsOfAnotherName_IsNamedInAWarning(string notebook)
    {
        var settings = Load($"  repository: {{ {Cdcs()} }}\n  book: {{ {notebook} }}\n");

        Assert.Equal(string.Empty, Dependencies(settings, "book"));
        Assert.Contains("write cdcs_destination: repository", Assert.Single(settings.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Load_CdcsOfTheDefaultNameThatRunsLater_IsAWarning(string notebook)
    {
        var settings = Load($"  cdcs: {{ {Cdcs()}, priority: 10 }}\n  book: {{ {notebook} }}\n");

        Assert.Equal(string.Empty, Dependencies(settings, "book"));
        Assert.Contains("runs before 'cdcs' (priority 10)", Assert.Single(settings.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Load_NameThatIsNoDestination_IsAnErrorWhereItStands(string notebook)
    {
        var error = Assert.Throws<ExportException>(() => Load($"  repository: {{ {Cdcs()} }}\n  book: {{ {notebook}, cdcs_destination: repositori }}\n"));

        Assert.Equal(ExportErrorCode.ConfigurationInvalid, error.Fault.Code);
        Assert.Contains("nexus-export.yaml:3:", error.Fault.Message, StringComparison.Ordinal);
        Assert.Contains("did you mean 'repository'?", error.Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Load_NameOfADestinationThatRunsLater_IsAnError(string notebook)
    {
        var error = Assert.Throws<ExportException>(() => Load($"  cdcs: {{ {Cdcs()}, priority: 10 }}\n  book: {{ {notebook}, cdcs_destination: cdcs }}\n"));

        Assert.Contains("would run after it", error.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NameOfItself_IsAnError() =>
        Assert.Contains("circle", Assert.Throws<ExportException>(() => Load($"  book: {{ {ELab}, cdcs_destination: book }}\n")).Fault.Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Load_DependsOnThatSaysItToo_StaysAsStrictAsWritten(string notebook)
    {
        var settings = Load($"  cdcs: {{ {Cdcs()} }}\n  book: {{ {notebook}, depends_on: [cdcs], cdcs_destination: cdcs }}\n");

        Assert.Equal("cdcs", Dependencies(settings, "book"));
    }

    [Fact]
    public void Load_DefaultThatWouldCloseACircle_IsPassedOver()
    {
        var settings = Load($"  cdcs: {{ {Cdcs()}, priority: 85, depends_on: [book] }}\n  book: {{ {ELab} }}\n");

        Assert.Equal(string.Empty, Dependencies(settings, "book"));
    }

    [Fact]
    public void Starter_OfANotebook_NamesNoDestinationThatMayBeMissing()
    {
        var lines = ConfigurationStarter.Text(BuiltInDestinations.All).Split('\n');

        Assert.Equal(2, lines.Count(line => line.Trim() is "#   # cdcs_destination: cdcs"));
        Assert.Equal(2, lines.Count(line => line.Trim() is "#   # depends_on: [cdcs]"));
    }

    private static string Cdcs() => "type: cdcs, url: 'https://cdcs.example.org/', token: 'env:ELAB'";

    private static string Dependencies(ExportSettings settings, string name)
    {
        var found = settings.Destinations.Single(destination => destination.Name == name);
        return string.Join(", ", found.DependsOn);
    }

    private ExportSettings Load(string destinations)
    {
        _folder.Write("nexus-export.yaml", $"destinations:\n{destinations}");
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["ELAB"] = "t0ken" };
        return LoadConfiguration.From(
            null, new HostEnvironment(_folder.Path, variables, _folder["none/user"], _folder["none/machine"]), BuiltInDestinations.All, vaultSecret: null);
    }
}
