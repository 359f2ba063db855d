namespace NexusExport.Publishing;

/// <summary>What a message calls a record among others.</summary>
public static class RecordName
{
    /// <summary>The name of its file, or its session where it has none.</summary>
    public static string Of(LabRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Path is null ? record.SessionIdentifier : Path.GetFileName(record.Path);
    }
}
