using Microsoft.Extensions.Logging;
using NexusExport.Configuration;
using NexusExport.Destinations.Local;
using NexusExport.Diagnostics;
using NexusExport.Routing;

namespace NexusExport.Engine;

/// <summary>Tells when records begin or cease to be archived only because nothing is configured.</summary>
/// <param name="folder">The folder that they are archived in; null where something is configured.</param>
/// <param name="workingDirectory">Absolute folder that a relative path starts from.</param>
/// <param name="logger">Told when that ends or begins.</param>
internal sealed class ImplicitArchive(string? folder, string workingDirectory, ILogger logger)
{
    private string? _folder = folder;

    /// <summary>The folder that records would no longer be archived in once <paramref name="definition"/> is registered; null where nothing ends.</summary>
    public string? EndedBy(DestinationDefinition definition)
    {
        if (_folder is not { } archive)
        {
            return null;
        }

        var target = definition.Settings.GetValueOrDefault(LocalDefinitions.BasePath.Name)?.ToString() ?? archive;
        var goesOn = string.Equals(definition.Type, LocalDestinationSettings.TypeName, StringComparison.OrdinalIgnoreCase)
            && string.Equals(
                Path.TrimEndingDirectorySeparator(Path.GetFullPath(target, workingDirectory)),
                Path.TrimEndingDirectorySeparator(archive),
                StringComparison.Ordinal);
        return goesOn ? null : archive;
    }

    /// <summary>Warns if it ended with <paramref name="registered"/>.</summary>
    public void End(DestinationDefinition registered)
    {
        if (EndedBy(registered) is not { } archive)
        {
            return;
        }

        _folder = null;
        logger.LogWarning(
            ExportEvents.ArchiveEnds,
            "Records are no longer archived in {Archive}: that was done only while nothing was configured. To go on with it: {Command}",
            archive,
            $"Register-ExportDestination local local -Setting @{{ {LocalDefinitions.BasePath.Name} = {PowerShellText.Quoted(archive)} }}");
    }

    /// <summary>Warns if it begins with <paramref name="settings"/>, which are those from now on.</summary>
    public void Begin(ExportSettings settings)
    {
        if (settings.ImplicitArchive is { } archive)
        {
            logger.LogWarning(
                ExportEvents.ArchiveEnds, "No destination is configured any more: records are archived in {Archive}, as where nothing is configured.", archive);
        }
    }
}
