using NexusExport.Records;

namespace NexusExport.Publishing;

/// <summary>Moves a succeeded record's file to the uploaded folder, if the file lies in the configured records folder and nowhere else.</summary>
/// <param name="recordsPath">The configured records folder: a folder that somebody merely names is never changed.</param>
/// <param name="uploadedPath">Where succeeded records go.</param>
internal sealed class UploadedMover(string recordsPath, string uploadedPath)
{
    /// <summary>The file's new path; null if it was not moved. Throws MOVE_FAILED.</summary>
    /// <param name="record">The record.</param>
    /// <param name="contentHash">SHA-256 of what was exported.</param>
    public string? Move(LabRecord record, string? contentHash) =>
        record.Path is not null && IsInRecordsFolder(record.Path) ? UploadedFolder.Move(record.Path, uploadedPath, contentHash) : null;

    private bool IsInRecordsFolder(string path) =>
        SameFolder.IsWritten(Path.GetDirectoryName(Path.GetFullPath(path)), Path.GetFullPath(recordsPath));
}
