namespace NexusExport;

/// <summary>What stands behind a path, links followed.</summary>
internal enum FileKind
{
    /// <summary>The system does not tell; not on Unix, or nothing is there.</summary>
    Unknown,

    Regular,
    Folder,
    Pipe,
    Device,
    Socket,
}
