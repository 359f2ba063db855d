using NexusExport.Configuration;
using NexusExport.Destinations;

namespace NexusExport.Resilience;

/// <summary>The one place where a destination and its wrappers are put together.</summary>
public static class DestinationComposition
{
    /// <summary>Makes a destination ready for use. Makes no call and touches no disk.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="settings">The destination as configured.</param>
    /// <param name="services">What every destination is given.</param>
    /// <param name="options">How hard to try; its clock is that of <paramref name="services"/>.</param>
    public static ResilientDestination Create(DestinationType type, DestinationSettings settings, DestinationServices services, ResilienceOptions options) =>
        new(type.Create(settings, services), options with { Time = services.Time });
}
