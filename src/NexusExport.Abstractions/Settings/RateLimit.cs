using System.Globalization;

namespace NexusExport;

/// <summary>So many requests within any stretch of time of that length.</summary>
/// <param name="Requests">At least 1.</param>
/// <param name="Window">Longer than nothing.</param>
public sealed record RateLimit(int Requests, TimeSpan Window)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Requests} in {Window.TotalSeconds:0.###} s");
}
