using NexusExport.Configuration.Sources;

namespace NexusExport.Configuration.Values;

/// <summary>What the YAML file says, sorted.</summary>
/// <param name="Texts">The settings outside the destinations, by dotted name.</param>
/// <param name="Destinations">The entries under destinations.</param>
/// <param name="RateLimits">The entries under export.destinations.rate_limits.</param>
internal sealed record FileContent(
    IReadOnlyDictionary<string, SettingText> Texts, IReadOnlyList<ConfigurationEntry> Destinations, IReadOnlyList<ConfigurationEntry> RateLimits);
