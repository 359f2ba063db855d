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
        var package = context.LoadFromAssemblyName(
            core.GetReferencedAssemblies().First(name => name.Name!.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || name.Name == "YamlDotNet"));
        Assert.NotSame(typeof(ExportEngine).Assembly, core);
        Assert.Equal(Path.Combine(ModuleFiles.Staged, "lib"), Path.GetDirectoryName(package.Location));
    }

    [Fact]
    public void Load_CompiledForThisPlatform_IsTakenAndTheRestFromLib()
    {
        var module = Directory.CreateTempSubdirectory("nexus-export-loader-");
        try
        {
            var lib = module.CreateSubdirectory("lib").FullName;
            var ahead = Directory.CreateDirectory(Path.Combine(lib, "some-platform")).FullName;
            foreach (var file in (string[])["NexusExport.Core.dll", "NexusExport.Core.deps.json", "NexusExport.Abstractions.dll"])
            {
                File.Copy(Path.Combine(ModuleFiles.Staged, "lib", file), Path.Combine(lib, file));
            }

            File.Copy(Path.Combine(lib, "NexusExport.Core.dll"), Path.Combine(ahead, "NexusExport.Core.dll"));

            Assert.Equal((ahead, lib), Folders("some-platform"));
            Assert.Equal((lib, lib), Folders("another-platform"));

            (string? Core, string? Contract) Folders(string platform)
            {
                var context = new CoreLoadContext(Path.Combine(lib, "NexusExport.Core.dll"), platform);
                return (Folder(CoreLoadContext.CoreName), Folder(CoreLoadContext.ContractName));

                string? Folder(string name) => Path.GetDirectoryName(context.LoadFromAssemblyName(new(name)).Location);
            }
        }
        finally
        {
            Delete(module);
        }
    }

    // Windows keeps the file of a loaded assembly from being deleted.
    private static void Delete(DirectoryInfo folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            folder.Delete(recursive: true);
        }
    }
}
