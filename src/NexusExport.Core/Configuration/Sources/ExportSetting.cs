namespace NexusExport;

/// <summary>One effective setting.</summary>
/// <param name="Name">Dotted name, for example export.strategy or destinations.cdcs.token.</param>
/// <param name="Value">Its value; *** for a secret; null where unset.</param>
/// <param name="Source">Where it came from: parameter, environment NAME, .env NAME, a file with its line, or default.</param>
public sealed record ExportSetting(string Name, object? Value, string Source);
