using Microsoft.Extensions.Logging;
using NexusExport.Diagnostics;
using NexusExport.Routing;

namespace NexusExport.Engine;

/// <summary>The destinations: which there are, whether they work, and those that are registered in the database.</summary>
public sealed class EngineDestinations
{
    private readonly EngineConfiguration _configuration;
    private readonly DestinationRegistry _registry;
    private readonly DestinationRegistration _registration;
    private readonly ImplicitArchive _archive;
    private readonly TimeProvider _time;

    internal EngineDestinations(
        EngineConfiguration configuration, DestinationRegistry registry, DestinationRegistration registration, ImplicitArchive archive, TimeProvider time)
    {
        _configuration = configuration;
        _registry = registry;
        _registration = registration;
        _archive = archive;
        _time = time;
    }

    /// <summary>Names of the configured destinations, enabled or not, for completion.</summary>
    public IReadOnlyList<string> Names => _registry.Names;

    /// <summary>Names of the destinations that are registered in the database, for completion.</summary>
    public IReadOnlyList<string> RegisteredNames => [.. _configuration.Sources.Registered.Destinations.Select(destination => destination.Name)];

    /// <summary>Names of the destination types, those of plugins included, for completion.</summary>
    public IReadOnlyList<string> TypeNames => [.. _configuration.Sources.Types.Select(type => type.Name)];

    /// <summary>What the destinations of a type can be told, for completion; empty for a type that is none.</summary>
    public IReadOnlyList<SettingDefinition> SettingsOf(string typeName) =>
        _configuration.Sources.Types.FirstOrDefault(type => string.Equals(type.Name, typeName, StringComparison.OrdinalIgnoreCase))?.Settings ?? [];

    /// <summary>The configured destinations, in running order, then the disabled and the faulty ones. Makes no call.</summary>
    public IReadOnlyList<DestinationInfo> Describe() => _registry.Describe();

    /// <summary>
    /// Has a destination make the place its records go to (a table), and says what was made. Throws DESTINATION_NOT_FOUND, NOT_SUPPORTED where
    /// the destination makes none, and what the destination throws.
    /// </summary>
    public Task<string> CreateStorageAsync(string destinationName, CancellationToken cancellationToken) =>
        _registry.Get(destinationName).CreateStorageAsync(cancellationToken);

    /// <summary>Tests one destination, enabled or not. Throws DESTINATION_NOT_FOUND; everything else is in the result.</summary>
    public Task<DestinationTestResult> TestAsync(string destinationName, CancellationToken cancellationToken) =>
        new DestinationTester(_configuration.Settings.CreateRedactor(), _time, _registry.TimeoutOf(destinationName))
            .TestAsync(_registry.Get(destinationName), cancellationToken);

    /// <summary>
    /// Registers a destination in the database, which is made if it is missing. The definition is checked, then tested if
    /// <paramref name="test"/> says so, then written. Throws DESTINATION_EXISTS, CONFIGURATION_INVALID with every mistake, the test's code if
    /// it fails, and what opening the database throws; then nothing is written. This engine goes on with what it was opened with.
    /// </summary>
    public async Task<DestinationInfo> RegisterAsync(DestinationDefinition definition, bool test, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var registered = await _registration.RegisterAsync(definition, test, cancellationToken);
        _archive.End(definition);
        return registered;
    }

    /// <summary>
    /// The folder that records would no longer be archived in once <paramref name="definition"/> is registered, because they are archived there
    /// only while nothing is configured; null where nothing ends. Whoever registers says so before, and registering logs a warning.
    /// </summary>
    public string? ArchiveEndedBy(DestinationDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return _archive.EndedBy(definition);
    }

    /// <summary>
    /// Changes a registered destination, with the same checks; it is tested only if it is enabled then. Throws DESTINATION_NOT_FOUND, and
    /// NOT_SUPPORTED for one that is configured elsewhere, too.
    /// </summary>
    public Task<DestinationInfo> SetAsync(DestinationDefinition definition, bool test, CancellationToken cancellationToken) =>
        _registration.SetAsync(definition, test, cancellationToken);

    /// <summary>
    /// Removes a registered destination and gives it as it was. Its jobs and log stay. Throws DESTINATION_NOT_FOUND, NOT_SUPPORTED for one that
    /// is configured elsewhere, and CONFIGURATION_INVALID while others depend on it.
    /// </summary>
    public async Task<DestinationInfo> UnregisterAsync(string destinationName, CancellationToken cancellationToken)
    {
        var removed = await _registration.UnregisterAsync(destinationName, cancellationToken);
        _archive.Begin(_configuration.Again(_time));
        return removed;
    }
}
