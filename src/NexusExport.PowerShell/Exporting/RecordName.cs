namespace NexusExport.PowerShell.Exporting;

/// <summary>What a record is called in a message.</summary>
internal static class RecordName
{
    /// <summary>The file's name, or the session's identifier where there is no file.</summary>
    public static string Of(LabRecord record) => record.Path is null ? record.SessionIdentifier : Path.GetFileName(record.Path);
}
