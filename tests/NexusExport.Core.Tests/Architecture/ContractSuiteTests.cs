namespace NexusExport.Tests.Architecture;

/// <summary>A plugin's author copies the suite that destinations are tested with beside the plugin's own tests.</summary>
public sealed class ContractSuiteTests
{
    [Fact]
    public void DestinationContract_CompiledByAStranger_NeedsTheContractAndXunitAlone()
    {
        var folder = Path.Combine(SharedFixtures.Repository, "tests", "NexusExport.Core.Tests", "Destinations");
        var sources = new[] { "DestinationContract.cs", "TestExports.cs" }.Select(file => File.ReadAllText(Path.Combine(folder, file)));
        var references = Directory.EnumerateFiles(AppContext.BaseDirectory, "xunit*.dll").Append(typeof(IExportDestination).Assembly.Location);

        Assert.Empty(CompiledSource.Errors(sources.Append("global using Xunit;"), references));
    }
}
