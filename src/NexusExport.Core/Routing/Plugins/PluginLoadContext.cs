using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Extensions.Logging;

namespace NexusExport.Routing.Plugins;

/// <summary>
/// Holds one plugin and its packages, so that two plugins may bring different versions of one package. Only the contract is shared, and
/// the logging abstractions that it shows. Unloaded with the engine that loaded it, because every command loads plugins anew.
/// </summary>
internal sealed class PluginLoadContext : AssemblyLoadContext
{
    private static readonly IReadOnlyList<Assembly> Shared = [typeof(IDestinationPlugin).Assembly, typeof(ILogger).Assembly];

    private static readonly string? Core = typeof(PluginLoadContext).Assembly.GetName().Name;

    private readonly AssemblyDependencyResolver _resolver;

    /// <param name="path">Full path of the plugin's assembly; its deps.json, if it has one, lies beside it.</param>
    public PluginLoadContext(string path)
        : base(Path.GetFileNameWithoutExtension(path), isCollectible: true) => _resolver = new(path);

    /// <inheritdoc/>
    /// <remarks>What is neither shared nor the plugin's own is the framework's, which the default context has; Core may be there, too.</remarks>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (Shared.FirstOrDefault(shared => shared.GetName().Name == assemblyName.Name) is { } contract)
        {
            return contract;
        }

        if (assemblyName.Name == Core)
        {
            throw new FileNotFoundException($"{Core} is not there for plugins.");
        }

        return _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
