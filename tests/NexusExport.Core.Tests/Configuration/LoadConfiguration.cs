using NexusExport.Configuration;
using NexusExport.Configuration.Drafts;

namespace NexusExport.Tests.Configuration;

/// <summary>Loads a configuration through all of its steps.</summary>
internal static class LoadConfiguration
{
    public static ExportSettings From(
        string? configPath, HostEnvironment environment, IReadOnlyCollection<DestinationType> types, Func<string, string, string?>? vaultSecret) =>
        ConfigurationLoader.Load(ConfigurationSources.Read(configPath, environment, types, vaultSecret));
}
