using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NexusExport.Routing.Plugins;

/// <summary>What a file says of itself before it is loaded.</summary>
/// <param name="Name">Simple name of the assembly.</param>
/// <param name="References">Simple names of the assemblies that it uses.</param>
internal sealed record PluginImage(string Name, IReadOnlySet<string> References)
{
    /// <summary>Null for a dll that is no assembly of .NET. Throws what a damaged file makes of it.</summary>
    public static PluginImage? Read(string path)
    {
        using var stream = RegularFile.OpenRead(path);
        using var image = new PEReader(stream);
        if (!image.HasMetadata || image.GetMetadataReader() is not { IsAssembly: true } metadata)
        {
            return null;
        }

        var references = metadata.AssemblyReferences.Select(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name));
        return new(metadata.GetString(metadata.GetAssemblyDefinition().Name), references.ToHashSet(StringComparer.Ordinal));
    }
}
