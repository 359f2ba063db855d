using NexusExport.Configuration;
using NexusExport.Resilience;

namespace NexusExport.Destinations;

/// <summary>The configured destinations, made from their settings, in running order.</summary>
public sealed class DestinationRegistry : IAsyncDisposable
{
    private readonly List<Entry> _entries;

    /// <param name="settings">The destinations as configured.</param>
    /// <param name="types">The kinds of destination there are.</param>
    /// <param name="services">What each is given.</param>
    /// <param name="resilience">How hard to try each.</param>
    public DestinationRegistry(
        IEnumerable<DestinationSettings> settings,
        IReadOnlyCollection<DestinationType> types,
        DestinationServices services,
        ResilienceOptions resilience) =>
        _entries = [.. settings
            .OrderByDescending(setting => setting.Priority)
            .ThenBy(setting => setting.Name, StringComparer.OrdinalIgnoreCase)
            .Select(setting => Make(setting, types, services, resilience))];

    /// <summary>All names, in running order, enabled or not.</summary>
    public IReadOnlyList<string> Names => [.. _entries.Select(entry => entry.Settings.Name)];

    /// <summary>The destinations that run when none is named.</summary>
    public IReadOnlyList<string> EnabledNames => [.. _entries.Where(entry => entry.Settings.Enabled).Select(entry => entry.Settings.Name)];

    /// <summary>One by its name, in any case. Throws DESTINATION_NOT_FOUND.</summary>
    public ResilientDestination Get(string name) => Find(name).Destination;

    /// <summary>What is wrong with the settings of <paramref name="name"/>; empty when nothing is.</summary>
    public IReadOnlyList<ExportFault> FaultsOf(string name) => Find(name).Faults;

    /// <summary>Every destination as users see it: those that will run first, in order, then the others.</summary>
    public IReadOnlyList<DestinationInfo> Describe()
    {
        var order = 0;
        return [.. _entries
            .OrderBy(entry => entry.Settings.Enabled && entry.Faults.Count == 0 ? 0 : 1)
            .Select(entry => Describe(entry, entry.Settings.Enabled && entry.Faults.Count == 0 ? ++order : null))];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var entry in _entries)
        {
            await entry.Destination.DisposeAsync();
        }
    }

    private static Entry Make(
        DestinationSettings settings,
        IReadOnlyCollection<DestinationType> types,
        DestinationServices services,
        ResilienceOptions resilience)
    {
        var faults = new List<ExportFault>(settings.Faults);
        IExportDestination? destination = null;
        if (faults.Count == 0)
        {
            destination = types.Single(type => string.Equals(type.Name, settings.Type, StringComparison.OrdinalIgnoreCase)).Create(settings, services);
            faults.AddRange(destination.ValidateConfiguration());
        }

        var usable = faults.Count == 0
            ? destination!
            : new FaultyDestination(settings.Name, settings.Type, settings.Priority, settings.DependsOn, faults);
        return new(settings, new ResilientDestination(usable, resilience with { Time = services.Time }), faults);
    }

    private static DestinationInfo Describe(Entry entry, int? order) => new()
    {
        Order = order,
        DestinationName = entry.Settings.Name,
        Type = entry.Settings.Type,
        Priority = entry.Settings.Priority,
        Enabled = entry.Settings.Enabled,
        DependsOn = entry.Settings.DependsOn,
        Capabilities = entry.Faults.Count == 0 ? entry.Destination.Capabilities : null,
        Settings = entry.Settings.Values.ToDictionary(value => value.Key, value => Shown(value.Value), StringComparer.Ordinal),
        Source = entry.Settings.Source,
        Fault = entry.Faults.Count == 0 ? null : string.Join(" ", entry.Faults.Select(fault => fault.Message)),
    };

    private static object? Shown(object value) => value is Security.SecretText secret ? secret.ToString() : value;

    private Entry Find(string name) =>
        _entries.Find(entry => string.Equals(entry.Settings.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ExportException(
            ExportErrorCode.DestinationNotFound,
            _entries.Count == 0
                ? $"There is no destination '{name}': none is configured."
                : $"There is no destination '{name}'. Configured are: {string.Join(", ", Names)}.");

    private sealed record Entry(DestinationSettings Settings, ResilientDestination Destination, IReadOnlyList<ExportFault> Faults);
}
