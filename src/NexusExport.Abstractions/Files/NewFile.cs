namespace NexusExport;

/// <summary>
/// Makes files and folders that nobody but their owner may write to, whatever the umask: a service that is started with none would else
/// leave a database and an archive that anybody on the machine can change. A stricter umask stays in force.
/// </summary>
internal static class NewFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Readable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Folder =
        Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Makes a file; throws IOException if there is one.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="options">How it is opened.</param>
    /// <param name="access">What for.</param>
    /// <param name="isPrivate">Whether it may hold a secret: then others do not read it either.</param>
    public static FileStream Create(string path, FileOptions options = FileOptions.None, FileAccess access = FileAccess.Write, bool isPrivate = false)
    {
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = access, Share = FileShare.None, BufferSize = 0, Options = options };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = isPrivate ? OwnerOnly : Readable;
        }

        return new(path, how);
    }

    /// <summary>Makes a folder with those above it, where they are missing, and gives its full path.</summary>
    public static string MakeFolder(string path)
    {
        var full = Path.GetFullPath(path);
        if (OperatingSystem.IsWindows() || Directory.Exists(full))
        {
            return Directory.CreateDirectory(full).FullName;
        }

        if (Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(full)) is { } parent)
        {
            MakeFolder(parent);
        }

        return Directory.CreateDirectory(full, Folder).FullName;
    }
}
