using Microsoft.Extensions.Logging;
using NexusExport.Resilience;
using NexusExport.Routing.Plugins;

namespace NexusExport.Routing;

/// <summary>One destination of the registry: its settings, the destination made from them, and what is wrong with it.</summary>
internal sealed record RegistryEntry(
    DestinationSettings Settings,
    IResilientDestination Destination,
    IReadOnlyList<Dependency> Dependencies,
    IReadOnlyList<ExportFault> Faults)
{
    /// <summary>Makes the destination. Whatever it throws is its own fault: the others go on.</summary>
    public static RegistryEntry Make(
        DestinationSettings settings,
        IReadOnlyCollection<DestinationType> types,
        DestinationServices services,
        ResilienceOptions options)
    {
        options = options with { Time = services.Time };
        if (settings.Faults.Count > 0)
        {
            return Faulty(settings, settings.Faults, options);
        }

        try
        {
            var type = types.Single(type => string.Equals(type.Name, settings.Type, StringComparison.OrdinalIgnoreCase));
            var stack = new DestinationStack(settings.Name, settings.Limits, options, services.Logging.CreateLogger<RateLimiter>());
            var made = type.Create(settings, services with { Gate = stack.Gate })
                ?? throw new ExportException(ExportErrorCode.PluginFailed, $"The Create of the type '{type.Name}' returned null.");
            var destination = type.PluginPath is null ? made : new GuardedDestination(made, settings);
            TimeSpan? timeout = type.BoundsItsRequests ? null : settings.Timeout ?? services.DefaultTimeout;
            var faults = destination.Name == settings.Name
                ? destination.ValidateConfiguration()
                : [Misnamed(settings, destination)];
            return faults.Count == 0
                ? new(settings, stack.Around(destination, timeout), DependenciesOf(settings, destination), [])
                : Faulty(settings, faults, options);
        }
        catch (Exception exception)
        {
            // A plugin's constructor and properties may throw anything.
            return Faulty(settings, [ExceptionTranslator.ToFault(settings.Name, exception, isWrite: false)], options);
        }
    }

    /// <summary>The same destination, unusable for the reasons given.</summary>
    public RegistryEntry WithFaults(IReadOnlyList<ExportFault> faults, ResilienceOptions options) =>
        Faulty(Settings, [.. Faults, .. faults], options) with { Dependencies = Dependencies };

    // What the settings say, and what the destination itself asks for beyond that.
    private static IReadOnlyList<Dependency> DependenciesOf(DestinationSettings settings, IExportDestination destination) =>
        [.. settings.DependsOn, .. destination.DependsOn.Where(other => !settings.DependsOn.Any(named => named.IsOn(other.Name)))];

    private static ExportFault Misnamed(DestinationSettings settings, IExportDestination destination) => new(
        ExportErrorCode.PluginFailed,
        $"The destination '{settings.Name}' calls itself '{destination.Name}'; its Name must be that of its settings.");

    private static RegistryEntry Faulty(DestinationSettings settings, IReadOnlyList<ExportFault> faults, ResilienceOptions options)
    {
        var destination = new FaultyDestination(settings.Name, settings.Type, settings.Priority, settings.DependsOn, faults);
        return new(settings, DestinationStack.WithoutLimits(destination, options), DependenciesOf(settings, destination), faults);
    }
}
