namespace NexusExport;

/// <summary>One step that brings a database up to date.</summary>
/// <param name="Database">Full path of the database.</param>
/// <param name="Version">Our schema's version after the step; null for a step on NexusLIMS's own tables.</param>
/// <param name="Description">What the step does.</param>
/// <param name="RebuildsForeignTable">Whether it rebuilds a table that NexusLIMS owns (a backup copy is made first).</param>
/// <param name="Applied">Whether it has been done.</param>
/// <param name="BackupPath">The backup copy made before it; null where none was needed.</param>
public sealed record DatabaseUpgradeStep(string Database, int? Version, string Description, bool RebuildsForeignTable, bool Applied, string? BackupPath);
