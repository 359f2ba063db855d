using NexusExport.Configuration;
using NexusExport.Configuration.Drafts;
using NexusExport.Configuration.Sources;
using NexusExport.Store;

namespace NexusExport.Routing;

/// <summary>Registers destinations in the database, changes and removes them. Nothing is written before it is checked.</summary>
/// <param name="sources">What the configuration is made of. Each change is checked by the very steps that load it, with the rows as they would be.</param>
/// <param name="services">What destinations are given.</param>
/// <param name="database">The database.</param>
/// <param name="open">Opens the database for writing, and makes it if it is missing.</param>
internal sealed class DestinationRegistration(
    ConfigurationSources sources,
    DestinationServices services,
    IDatabase database,
    Func<CancellationToken, Task<IExportStore>> open)
{
    private readonly DefinitionMerge _merge = new(sources.Types, sources.Environment);

    /// <summary>Registers a destination. Throws DESTINATION_EXISTS, CONFIGURATION_INVALID, and the test's code if it fails.</summary>
    public async Task<DestinationInfo> RegisterAsync(DestinationDefinition definition, bool test, CancellationToken cancellationToken)
    {
        var content = Read();
        if (content.Find(definition.Name) is { } existing)
        {
            throw Exists(existing.Name);
        }

        var empty = new RegisteredDestination
        {
            Id = Guid.NewGuid().ToString(),
            Name = definition.Name,
            Type = definition.Type ?? definition.Name,
            Config = new Dictionary<string, object?>(StringComparer.Ordinal),
            IsActive = true,
        };
        var candidate = _merge.Apply(empty, definition);
        var info = await CheckAsync([.. content.Destinations, candidate], candidate, test, cancellationToken);
        var store = await open(cancellationToken);
        return await store.Destinations.AddAsync(candidate, Environment.UserName, cancellationToken) ? info : throw Exists(candidate.Name);
    }

    /// <summary>
    /// Changes a registered destination; an enabled one is tested. Throws DESTINATION_NOT_FOUND, NOT_SUPPORTED for a configured one,
    /// CONFIGURATION_INVALID, IN_PROGRESS if somebody else changes it, and the test's code if it fails.
    /// </summary>
    public async Task<DestinationInfo> SetAsync(DestinationDefinition definition, bool test, CancellationToken cancellationToken)
    {
        var content = Read();
        var row = content.Find(definition.Name) ?? throw NotRegistered(definition.Name, content);
        var candidate = _merge.Apply(row, definition);
        var all = content.Destinations.Select(other => other.Id == candidate.Id ? candidate : other).ToList();
        var info = await CheckAsync(all, candidate, test && candidate.IsActive, cancellationToken);
        var store = await open(cancellationToken);
        return await store.Destinations.ChangeAsync(candidate, cancellationToken) ? info : throw new ExportException(
            new ExportFault(ExportErrorCode.InProgress, $"The registered destination '{row.Name}' was changed by another program meanwhile.")
            {
                RecommendedAction = "Look at it with Get-ExportDestination and run the command again.",
            });
    }

    /// <summary>
    /// Removes a registered destination and gives it as it was. Throws DESTINATION_NOT_FOUND, NOT_SUPPORTED for a configured one, and
    /// CONFIGURATION_INVALID while others depend on it.
    /// </summary>
    public async Task<DestinationInfo> UnregisterAsync(string name, CancellationToken cancellationToken)
    {
        var content = Read();
        var row = content.Find(name) ?? throw NotRegistered(name, content);
        var settings = Configure(content);
        var isUsed = settings.Destinations.Any(destination => row.IsNamed(destination.Name) && destination.IsRegistered);
        var dependants = settings.Destinations.Where(destination => isUsed && destination.DependsOn.Any(dependency => row.IsNamed(dependency.Name)))
            .Select(destination => destination.Name)
            .ToList();
        if (dependants.Count > 0)
        {
            throw new ExportException(new ExportFault(ExportErrorCode.ConfigurationInvalid, $"'{row.Name}' is still needed: {string.Join(", ", dependants)} depends on it.")
            {
                RecommendedAction = "Take it out of their depends_on first (Set-ExportDestination -DependsOn, or the configuration file).",
            });
        }

        await using var registry = DestinationRegistry.Of(settings, sources.Types, services);
        var info = isUsed ? Describe(registry, row.Name) : Describe(row);
        var store = await open(cancellationToken);
        await store.Destinations.RemoveAsync(row.Id, cancellationToken);
        return info;
    }

    private ExportSettings Configure(RegistryContent registered) => ConfigurationLoader.Load(sources with { Registered = registered });

    private RegistryContent Read() => new(database.Look.ReadDestinations());

    private async Task<DestinationInfo> CheckAsync(
        IReadOnlyList<RegisteredDestination> all, RegisteredDestination candidate, bool test, CancellationToken cancellationToken)
    {
        var settings = Configure(new(all) { CandidateId = candidate.Id });
        await using var registry = DestinationRegistry.Of(settings, sources.Types, services);

        // A secret that is not to be had here may be there where the exports run; the test tells.
        var faults = registry.FaultsOf(candidate.Name).Where(fault => fault.Code != ExportErrorCode.SecretUnavailable).ToList();
        if (faults.Count > 0)
        {
            throw new ExportException(faults[0] with { IsList = true, Message = string.Join('\n', faults.Select(fault => fault.Message)) });
        }

        if (test)
        {
            await TestAsync(registry.Get(candidate.Name), registry.TimeoutOf(candidate.Name), settings, cancellationToken);
        }

        return Describe(registry, candidate.Name);
    }

    private async Task TestAsync(IExportDestination destination, TimeSpan timeout, ExportSettings settings, CancellationToken cancellationToken)
    {
        var result = await new DestinationTester(settings.CreateRedactor(), services.Time, timeout).TestAsync(destination, cancellationToken);
        if (!result.Success)
        {
            var fault = new ExportFault(result.ErrorCode!, result.Message);
            throw new ExportException(fault with
            {
                RecommendedAction = $"{result.RecommendedAction ?? fault.RecommendedAction} Nothing was stored; -SkipTest stores it untested.",
            });
        }
    }

    private static DestinationInfo Describe(DestinationRegistry registry, string name) =>
        registry.Describe().First(info => string.Equals(info.DestinationName, name, StringComparison.OrdinalIgnoreCase));

    private static DestinationInfo Describe(RegisteredDestination row) => new()
    {
        DestinationName = row.Name,
        Type = row.Type,
        Priority = 0,
        Enabled = row.IsActive,
        Source = Origin.DatabasePlace,
    };

    private static ExportException Exists(string name) => new(ExportErrorCode.DestinationExists, $"There is a registered destination '{name}' already.");

    private ExportException NotRegistered(string name, RegistryContent content)
    {
        var configured = Configure(content).Destinations
            .FirstOrDefault(destination => string.Equals(destination.Name, name, StringComparison.OrdinalIgnoreCase));
        if (configured is not null)
        {
            return new(new ExportFault(ExportErrorCode.NotSupported, $"The destination '{configured.Name}' is not registered, but configured in {configured.Source}.")
            {
                RecommendedAction = "Change it where it is configured.",
            });
        }

        var names = content.Destinations.Select(destination => destination.Name);
        return new(ExportErrorCode.DestinationNotFound, $"There is no registered destination '{name}'{NearestName.Hint(name, names)}");
    }
}
