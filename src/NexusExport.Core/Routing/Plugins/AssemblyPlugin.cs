using System.Reflection;

namespace NexusExport.Routing.Plugins;

/// <summary>Reads an assembly's destination types.</summary>
internal static class AssemblyPlugin
{
    private static readonly string ContractName = typeof(IDestinationPlugin).Assembly.GetName().Name!;
    private static readonly string CoreName = typeof(AssemblyPlugin).Assembly.GetName().Name!;

    /// <summary>
    /// Whether the file can be a plugin, and is not one of those that a plugin brings along. Loads nothing. Throws PLUGIN_FAILED for one that
    /// uses more of this program than the contract: what it was built against is not there for it.
    /// </summary>
    public static bool MayBeOne(string path)
    {
        if (PluginImage.Read(path) is not { } image || image.Name == CoreName)
        {
            return false;
        }

        return image.References.Contains(CoreName)
            ? throw new ExportException(
                ExportErrorCode.PluginFailed,
                $"it was built against {CoreName}, which plugins are not given; build it against {ContractName} alone")
            : image.References.Contains(ContractName);
    }

    /// <summary>The types that its public <see cref="IDestinationPlugin"/>s offer. Throws anything.</summary>
    public static IReadOnlyList<DestinationType> Load(PluginLoadContext context, string path)
    {
        var plugins = context.LoadFromAssemblyPath(path).GetExportedTypes()
            .Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: false } && typeof(IDestinationPlugin).IsAssignableFrom(type))
            .ToList();
        return plugins.Count > 0
            ? plugins.ConvertAll(Create)
            : throw new ExportException(ExportErrorCode.PluginFailed, $"it holds no public class that implements {nameof(IDestinationPlugin)}");
    }

    /// <summary>The type that a plugin's class offers, with its settings as they are now. Throws PLUGIN_FAILED.</summary>
    public static DestinationType Create(Type type)
    {
        try
        {
            return PluginType.Of(type.Name, ((IDestinationPlugin)Activator.CreateInstance(type)!).Type);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            throw Failed(type, inner);
        }
        catch (MissingMethodException exception) when (type.GetConstructor(System.Type.EmptyTypes) is null)
        {
            throw new ExportException(ExportErrorCode.PluginFailed, $"{type.Name} has no public constructor without parameters", exception);
        }
        catch (Exception exception) when (exception is not ExportException)
        {
            throw Failed(type, exception);
        }
    }

    private static ExportException Failed(Type type, Exception exception) =>
        new(ExportErrorCode.PluginFailed, $"{type.Name} failed: {exception.GetType().Name}: {ExceptionText.Of(exception)}", exception);
}
