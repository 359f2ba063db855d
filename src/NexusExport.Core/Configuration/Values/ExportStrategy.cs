namespace NexusExport;

/// <summary>Which destinations are tried, and what counts as success for the record.</summary>
public enum ExportStrategy
{
    /// <summary>Every destination is tried; the record succeeds if at least one did.</summary>
    BestEffort,

    /// <summary>Every destination is tried, even after a failure; the record succeeds if every one did.</summary>
    All,

    /// <summary>In priority order until one succeeds.</summary>
    FirstSuccess,
}
