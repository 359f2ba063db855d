using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NexusExport.Routing.Plugins;

/// <summary>Reads an assembly's destination types.</summary>
internal static class AssemblyPlugin
{
    private static readonly string? CoreName = typeof(IDestinationPlugin).Assembly.GetName().Name;

    /// <summary>Whether the file can be a plugin, and is not one of those that a plugin brings along. Loads nothing.</summary>
    public static bool MayBeOne(string path)
    {
        using var stream = RegularFile.OpenRead(path);
        using var image = new PEReader(stream);
        if (!image.HasMetadata)
        {
            return false;
        }

        var metadata = image.GetMetadataReader();
        return metadata.AssemblyReferences.Any(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name) == CoreName);
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
