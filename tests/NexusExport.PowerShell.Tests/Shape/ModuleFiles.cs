using System.Reflection;
using System.Xml.Linq;
using NexusExport.HelpGenerator;
using NexusExport.PowerShell.Cmdlets;

namespace NexusExport.PowerShell.Tests.Shape;

/// <summary>The cmdlets and the files that are shipped with them.</summary>
internal static class ModuleFiles
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    public static string Source { get; } = Path.Combine(Root, "module");

    public static string Staged { get; } = Metadata("StagedModule");

    public static Assembly CmdletAssembly { get; } = typeof(GetRecordCommand).Assembly;

    public static IReadOnlyList<CmdletModel> Cmdlets { get; } = new CmdletReader(new(new[]
    {
        Path.ChangeExtension(CmdletAssembly.Location, ".xml"),
        Path.ChangeExtension(typeof(LabRecord).Assembly.Location, ".xml"),
        Path.ChangeExtension(typeof(ExportEngine).Assembly.Location, ".xml"),
    })).Read(CmdletAssembly);

    public static XDocument Formats() => XDocument.Load(Path.Combine(Source, "NexusExport.Format.ps1xml"));

    private static string Metadata(string key) =>
        typeof(ModuleFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
