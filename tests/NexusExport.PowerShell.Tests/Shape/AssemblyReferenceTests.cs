using System.Reflection;
using NexusExport.Loader;

namespace NexusExport.PowerShell.Tests.Shape;

/// <summary>What the two dlls in PowerShell's own load context may ask that context for.</summary>
public sealed class AssemblyReferenceTests
{
    [Fact]
    public void Cmdlets_References_AreCorePowerShellAndTheFramework() =>
        Assert.All(References(ModuleFiles.CmdletAssembly), name => Assert.True(name is "NexusExport.Core" or "NexusExport.Abstractions" || IsFrameworkOrPowerShell(name), name));

    [Fact]
    public void Loader_References_ArePowerShellAndTheFramework() =>
        Assert.All(References(typeof(ModuleInitializer).Assembly), name => Assert.True(IsFrameworkOrPowerShell(name), name));

    [Fact]
    public void Core_References_HaveNoPowerShell() =>
        Assert.DoesNotContain(References(typeof(ExportEngine).Assembly), name => name.StartsWith("System.Management.Automation", StringComparison.Ordinal));

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);

    private static bool IsFrameworkOrPowerShell(string name) =>
        name is "netstandard" || name.StartsWith("System.", StringComparison.Ordinal);
}
