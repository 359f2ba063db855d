using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace NexusExport.Loader;

/// <summary>
/// Called by PowerShell when the module is imported and when it is removed. Importing into several runspaces adds the handler as often,
/// removing takes it away as often, and all of them share one context.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    // One a process: types of two Cores would not be assignable to each other. Nothing is loaded before somebody asks.
    private static readonly Lazy<CoreLoadContext> Context = new(() => new(CorePath(typeof(ModuleInitializer).Assembly.Location)));

    /// <summary>Where Core stands in the module, beside the loader's own file.</summary>
    internal static string CorePath(string loaderPath) =>
        Path.Combine(Path.GetDirectoryName(loaderPath)!, "lib", CoreLoadContext.CoreName + ".dll");

    /// <inheritdoc/>
    public void OnImport() => AssemblyLoadContext.Default.Resolving += Resolve;

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => AssemblyLoadContext.Default.Resolving -= Resolve;

    private static Assembly? Resolve(AssemblyLoadContext asking, AssemblyName name) =>
        CoreLoadContext.Answers(name) ? Context.Value.LoadFromAssemblyName(name) : null;
}
