using System.Reflection;
using System.Runtime.Loader;

namespace NexusExport.Loader;

/// <summary>
/// Holds Core, the contract and their packages, so that another module's YamlDotNet or SQLite in the default context is neither met nor disturbed.
/// What Core's deps.json does not name (the framework) comes from the default context.
/// </summary>
internal sealed class CoreLoadContext : AssemblyLoadContext
{
    /// <summary>Simple name of Core.</summary>
    public const string CoreName = "NexusExport.Core";

    /// <summary>Simple name of the contract, which Core, the cmdlets and plugins share.</summary>
    public const string ContractName = "NexusExport.Abstractions";

    private readonly AssemblyDependencyResolver _resolver;

    /// <param name="corePath">Full path of NexusExport.Core.dll, with its deps.json beside it.</param>
    public CoreLoadContext(string corePath)
        : base("NexusExport") => _resolver = new(corePath);

    /// <summary>Whether an assembly that the default context lacks is to be loaded here.</summary>
    public static bool Answers(AssemblyName name) => name.Name is CoreName or ContractName;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
