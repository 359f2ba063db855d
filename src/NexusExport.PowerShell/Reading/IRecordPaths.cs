namespace NexusExport.PowerShell.Reading;

/// <summary>PowerShell's paths as full paths of the file system.</summary>
internal interface IRecordPaths
{
    /// <summary>The files and folders meant. What is not there is a non-terminating error; a wildcard without a match is nothing.</summary>
    IReadOnlyList<string> Resolve(IReadOnlyList<string>? wildcards, IReadOnlyList<string>? literals);

    /// <summary>The full path of something that is there, taken exactly as it is written; null where nothing is, without an error.</summary>
    string? FindQuietly(string path);
}
