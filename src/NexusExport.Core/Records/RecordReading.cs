namespace NexusExport.Records;

/// <summary>What reading one file gave: a record, or the reason why there is none. Exactly one of the two is set.</summary>
/// <param name="Path">The file (or folder) that was read.</param>
/// <param name="Record">The record.</param>
/// <param name="Fault">Why the file gave no record.</param>
public sealed record RecordReading(string Path, LabRecord? Record, ExportFault? Fault);
