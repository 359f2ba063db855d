namespace NexusExport.Records;

/// <summary>The two record_status values of NexusLIMS's session_log that an export sets; the others belong to the record builder.</summary>
internal static class RecordStatus
{
    /// <summary>Built and exported: the strategy is satisfied.</summary>
    public const string Completed = "COMPLETED";

    /// <summary>Built, and the strategy is not satisfied yet; a re-run exports what is missing.</summary>
    public const string BuiltNotExported = "BUILT_NOT_EXPORTED";
}
