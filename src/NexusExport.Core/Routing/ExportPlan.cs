namespace NexusExport.Routing;

/// <summary>What a request comes to: which destinations will run, in this order, and what counts as success.</summary>
/// <param name="BatchId">Identifier of the batch, a UUID.</param>
/// <param name="Strategy">The strategy.</param>
/// <param name="Destinations">Names in running order: priority from high to low, then by name.</param>
/// <param name="ThrottleLimit">Calls of one destination at once; at 1, strictly one record after the other.</param>
/// <param name="Force">Send what is already there, too.</param>
public sealed record ExportPlan(string BatchId, ExportStrategy Strategy, IReadOnlyList<string> Destinations, int ThrottleLimit, bool Force);
