using NexusExport.Configuration;
using NexusExport.Destinations;
using NexusExport.Routing.Plugins;
using NexusExport.Store;

namespace NexusExport.Engine;

/// <summary>The configuration of an engine, with what it was made of.</summary>
internal sealed class EngineConfiguration : IDisposable
{
    // Commands that export nothing must not hang on a locked database.
    private static readonly TimeSpan RegistryPatience = TimeSpan.FromSeconds(2);

    private readonly EngineOptions _options;
    private readonly PluginSet _plugins;

    private EngineConfiguration(EngineOptions options, HostEnvironment environment, ExportSettings settings, PluginSet plugins, RegistryContent registered)
    {
        _options = options;
        Environment = environment;
        Settings = settings with { ThrottleLimit = options.ThrottleLimit ?? settings.ThrottleLimit };
        _plugins = plugins;
        Registered = registered;
    }

    /// <summary>The outside world.</summary>
    public HostEnvironment Environment { get; }

    /// <summary>The effective values.</summary>
    public ExportSettings Settings { get; }

    /// <summary>What the database held of destinations.</summary>
    public RegistryContent Registered { get; }

    /// <summary>The kinds of destination there are.</summary>
    public IReadOnlyCollection<DestinationType> Types => [.. BuiltInDestinations.All, .. _plugins.Types];

    /// <summary>Reads all of it. Throws CONFIGURATION_NOT_FOUND or CONFIGURATION_INVALID.</summary>
    public static EngineConfiguration Read(EngineOptions options)
    {
        var environment = options.Environment ?? HostEnvironment.FromProcess();
        var plugins = PluginSet.None;
        var registered = RegistryContent.None;
        try
        {
            var settings = Configure(
                options,
                environment,
                folder => plugins = new PluginFolder(BuiltInDestinations.All, options.Scripts).Load(folder),
                database => registered = ReadRegistered(database, options));
            return new(options, environment, settings, plugins, registered);
        }
        catch
        {
            plugins.Dispose();
            throw;
        }
    }

    /// <summary>The settings as they would be with these registered destinations. Throws CONFIGURATION_INVALID.</summary>
    public ExportSettings With(RegistryContent registered) => Configure(_options, Environment, _ => _plugins, _ => registered);

    /// <summary>The settings as they are now, after the database changed.</summary>
    public ExportSettings Again() => Configure(_options, Environment, _ => _plugins, database => ReadRegistered(database, _options));

    /// <inheritdoc/>
    public void Dispose() => _plugins.Dispose();

    private static ExportSettings Configure(
        EngineOptions options, HostEnvironment environment, Func<string, PluginSet> plugins, Func<string, RegistryContent> registered) =>
        ConfigurationLoader.Load(options.ConfigPath, environment, BuiltInDestinations.All, options.VaultSecret, plugins, registered);

    private static RegistryContent ReadRegistered(string database, EngineOptions options)
    {
        try
        {
            var look = DatabaseComposition.Compose(new StoreOptions(database) { BusyTimeout = RegistryPatience, Time = options.Time }).Look;
            return new(look.ReadDestinations());
        }
        catch (ExportException ex)
        {
            return RegistryContent.None with { Fault = ex.Fault };
        }
    }
}
