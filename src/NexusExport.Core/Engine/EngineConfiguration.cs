using NexusExport.Configuration;
using NexusExport.Configuration.Drafts;
using NexusExport.Destinations;
using NexusExport.Routing.Plugins;
using NexusExport.Store;

namespace NexusExport.Engine;

/// <summary>The configuration of an engine, with what it was made of. Owns the plugins.</summary>
/// <param name="Sources">What was written, the plugins and the registered destinations among it.</param>
/// <param name="Settings">The effective values.</param>
internal sealed record EngineConfiguration(ConfigurationSources Sources, ExportSettings Settings) : IDisposable
{
    // Commands that export nothing must not hang on a locked database.
    private static readonly TimeSpan RegistryPatience = TimeSpan.FromSeconds(2);

    /// <summary>Reads all of it. Throws CONFIGURATION_NOT_FOUND or CONFIGURATION_INVALID.</summary>
    public static EngineConfiguration Read(EngineOptions options)
    {
        var written = ConfigurationSources.Read(
            options.ConfigPath, options.Environment ?? HostEnvironment.FromProcess(), BuiltInDestinations.All, options.VaultSecret);
        var plugins = written.PluginFolder is { } folder ? new PluginFolder(BuiltInDestinations.All, options.Scripts).Load(folder) : PluginSet.None;
        try
        {
            var sources = WithRegistered(written with { Plugins = plugins }, options.Time);
            var settings = ConfigurationLoader.Load(sources);
            return new(sources, settings with { ThrottleLimit = options.ThrottleLimit ?? settings.ThrottleLimit });
        }
        catch
        {
            plugins.Dispose();
            throw;
        }
    }

    /// <summary>The settings with what is registered by now.</summary>
    public ExportSettings Again(TimeProvider time) => ConfigurationLoader.Load(WithRegistered(Sources, time));

    /// <inheritdoc/>
    public void Dispose() => Sources.Plugins.Dispose();

    private static ConfigurationSources WithRegistered(ConfigurationSources sources, TimeProvider time)
    {
        if (sources.DatabasePath is not { } database)
        {
            return sources;
        }

        try
        {
            var look = DatabaseComposition.Compose(new StoreOptions(database) { BusyTimeout = RegistryPatience, Time = time }).Look;
            return sources with { Registered = new(look.ReadDestinations()) };
        }
        catch (ExportException ex)
        {
            return sources with { Registered = RegistryContent.None with { Fault = ex.Fault } };
        }
    }
}
