using System.Reflection;
using System.Runtime.InteropServices;
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
    private readonly string _platform;

    /// <param name="corePath">Full path of NexusExport.Core.dll, with its deps.json beside it.</param>
    public CoreLoadContext(string corePath)
        : this(corePath, RuntimeInformation.RuntimeIdentifier)
    {
    }

    /// <param name="corePath">Full path of NexusExport.Core.dll, with its deps.json beside it.</param>
    /// <param name="platform">The runtime's own name for what it runs on, such as linux-x64.</param>
    internal CoreLoadContext(string corePath, string platform)
        : base("NexusExport")
    {
        _resolver = new(corePath);
        _platform = platform;
    }

    /// <summary>Whether an assembly that the default context lacks is to be loaded here.</summary>
    public static bool Answers(AssemblyName name) => name.Name is CoreName or ContractName;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(CompiledAhead(path) ?? path) : null;

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    // A package brings along the same assemblies compiled for some platforms, each in a folder of its own (build.ps1). What is compiled for
    // another platform cannot even be loaded, so what stands in lib itself stays what the compiler of C# made.
    private string? CompiledAhead(string path)
    {
        var ahead = Path.Combine(Path.GetDirectoryName(path)!, _platform, Path.GetFileName(path));
        return File.Exists(ahead) ? ahead : null;
    }
}
