using System.Reflection;
using NexusExport.Loader;

namespace NexusExport.PowerShell.Tests.Shape;

public sealed class LoaderTests
{
    [Theory]
    [InlineData("NexusExport.Core, Version=0.1.0.0, Culture=neutral, PublicKeyToken=null", true)]
    [InlineData("NexusExport.Core", true)]
    [InlineData("NexusExport.Abstractions", true)]
    [InlineData("nexusexport.core", false)]
    [InlineData("NexusExport.Core.resources, Culture=de", false)]
    [InlineData("NexusExport.PowerShell", false)]
    [InlineData("YamlDotNet", false)]
    [InlineData("Microsoft.Data.Sqlite", false)]
    public void Answers_Name_IsCoresOnly(string name, bool expected) => Assert.Equal(expected, CoreLoadContext.Answers(new AssemblyName(name)));

    [Fact]
    public void CorePath_LoadersPath_IsInLibBesideIt() => Assert.Equal(
        Path.Combine("module", "1.0", "lib", "NexusExport.Core.dll"),
        ModuleInitializer.CorePath(Path.Combine("module", "1.0", "NexusExport.Loader.dll")));

    [Fact]
    public void Load_StagedModule_TakesCoreAndItsPackagesFromLib()
    {
        var context = new CoreLoadContext(ModuleInitializer.CorePath(Path.Combine(ModuleFiles.Staged, "NexusExport.Loader.dll")));
        var core = context.LoadFromAssemblyName(new(CoreLoadContext.CoreName));
        var package = context.LoadFromAssemblyName(core.GetReferencedAssemblies().First(name => name.Name!.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || name.Name == "YamlDotNet"));
        Assert.NotSame(typeof(ExportEngine).Assembly, core);
        Assert.Equal(Path.Combine(ModuleFiles.Staged, "lib"), Path.GetDirectoryName(package.Location));
    }
}
