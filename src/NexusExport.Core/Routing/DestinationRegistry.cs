using NexusExport.Configuration;
using NexusExport.Configuration.Checks;
using NexusExport.Resilience;

namespace NexusExport.Routing;

/// <summary>The configured destinations, made from their settings, in running order.</summary>
internal sealed class DestinationRegistry : IAsyncDisposable
{
    private readonly List<RegistryEntry> _entries;
    private readonly TimeSpan _defaultTimeout;

    /// <param name="settings">The destinations as configured.</param>
    /// <param name="types">The kinds of destination there are.</param>
    /// <param name="services">What each is given.</param>
    /// <param name="resilience">How hard to try each.</param>
    public DestinationRegistry(
        IEnumerable<DestinationSettings> settings,
        IReadOnlyCollection<DestinationType> types,
        DestinationServices services,
        ResilienceOptions resilience)
    {
        _defaultTimeout = services.DefaultTimeout;
        var made = settings.Select(setting => RegistryEntry.Make(setting, types, services, resilience)).ToList();
        var graph = new DependencyGraph([.. made.Select(Node)]);
        var problems = graph.Check().Where(problem => !IsAbsentOption(made, problem)).ToLookup(problem => problem.Dependant, StringComparer.Ordinal);
        var order = graph.RunningOrder();
        _entries = [.. made
            .Select(entry => problems.Contains(entry.Settings.Name)
                ? entry.WithFaults([.. problems[entry.Settings.Name].Select(Fault)], resilience with { Time = services.Time })
                : entry)
            .OrderBy(entry => Position(order, entry.Settings.Name))];
    }

    /// <summary>The destinations of a configuration.</summary>
    internal static DestinationRegistry Of(ExportSettings settings, IReadOnlyCollection<DestinationType> types, DestinationServices services) => new(
        settings.Destinations,
        types,
        services,
        new ResilienceOptions { MaxAttempts = settings.MaxAttempts, MaxRetryAfter = settings.MaxWait, ConcurrentCalls = settings.ThrottleLimit });

    /// <summary>All names, in running order, enabled or not.</summary>
    public IReadOnlyList<string> Names => [.. _entries.Select(entry => entry.Settings.Name)];

    /// <summary>The destinations that run when none is named.</summary>
    public IReadOnlyList<string> EnabledNames => [.. _entries.Where(entry => entry.Settings.Enabled).Select(entry => entry.Settings.Name)];

    /// <summary>One by its name, in any case. Throws DESTINATION_NOT_FOUND.</summary>
    public IResilientDestination Get(string name) => Find(name).Destination;

    /// <summary>What is wrong with the settings of <paramref name="name"/>; empty when nothing is.</summary>
    public IReadOnlyList<ExportFault> FaultsOf(string name) => Find(name).Faults;

    /// <summary>What the destination <paramref name="name"/> can do; null where none has that name.</summary>
    public DestinationCapabilities? CapabilitiesOf(string name) => Named(name)?.Destination.Capabilities;

    /// <summary>Time-out of one call of the destination <paramref name="name"/>.</summary>
    public TimeSpan TimeoutOf(string name) => Find(name).Settings.Timeout ?? _defaultTimeout;

    /// <summary>Every destination as users see it: those that will run first, in order, then the others.</summary>
    public IReadOnlyList<DestinationInfo> Describe()
    {
        var order = 0;
        return [.. _entries
            .OrderBy(entry => entry.Settings.Enabled && entry.Faults.Count == 0 ? 0 : 1)
            .Select(entry => Describe(entry, entry.Settings.Enabled && entry.Faults.Count == 0 ? ++order : null))];
    }

    /// <summary>What the destination <paramref name="name"/> depends on.</summary>
    internal IReadOnlyList<Dependency> DependenciesOf(string name) => Find(name).Dependencies;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var entry in _entries)
        {
            try
            {
                await entry.Destination.DisposeAsync();
            }
            catch (Exception)
            {
                // A plugin that cannot even end properly has no one left to tell, and the others are to end, too.
            }
        }
    }

    private static DependencyNode Node(RegistryEntry entry) =>
        new(entry.Settings.Name, entry.Settings.Priority, [.. entry.Dependencies.Select(dependency => dependency.Name)]);

    // What the settings name must exist, which loading them has checked; a destination may itself ask for what a lab may not have.
    private static bool IsAbsentOption(List<RegistryEntry> entries, DependencyProblem problem) =>
        problem.IsUnknown
        && entries.Exists(entry => entry.Settings.Name == problem.Dependant && entry.Dependencies.Contains(new(problem.Dependency, IsOptional: true)));

    private static ExportFault Fault(DependencyProblem problem) => new(ExportErrorCode.ConfigurationInvalid, problem.Message);

    private static int Position(IReadOnlyList<string> order, string name)
    {
        var position = 0;
        while (!string.Equals(order[position], name, StringComparison.OrdinalIgnoreCase))
        {
            position++;
        }

        return position;
    }

    private static DestinationInfo Describe(RegistryEntry entry, int? order) => new()
    {
        Order = order,
        DestinationName = entry.Settings.Name,
        Type = entry.Settings.Type,
        Priority = entry.Settings.Priority,
        Enabled = entry.Settings.Enabled,
        DependsOn = [.. entry.Dependencies.Select(dependency => dependency.ToString())],
        Capabilities = entry.Faults.Count == 0 ? entry.Destination.Capabilities : null,
        Settings = entry.Settings.Values.ToDictionary(value => value.Key, value => Shown(value.Value), StringComparer.Ordinal),
        Source = entry.Settings.Source,
        Fault = entry.Faults.Count == 0 ? null : string.Join(" ", entry.Faults.Select(fault => fault.Message)),
    };

    private static object? Shown(object value) => value is SecretText secret ? secret.ToString() : value;

    private RegistryEntry? Named(string name) =>
        _entries.Find(entry => string.Equals(entry.Settings.Name, name, StringComparison.OrdinalIgnoreCase));

    private RegistryEntry Find(string name) => Named(name)
        ?? throw new ExportException(
            ExportErrorCode.DestinationNotFound,
            _entries.Count == 0
                ? $"There is no destination '{name}': none is configured."
                : $"There is no destination '{name}'. Configured are: {string.Join(", ", Names)}.");
}
