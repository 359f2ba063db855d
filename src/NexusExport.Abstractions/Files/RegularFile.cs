namespace NexusExport;

/// <summary>
/// Opens files for reading, and nothing but files: a named pipe makes its reader wait for a writer that may never come, and a device has no end.
/// </summary>
internal static class RegularFile
{
    /// <summary>What <see cref="WhatElse"/> says of a folder.</summary>
    public const string Folder = "a folder";

    private const int DefaultBuffer = 4096;

    /// <summary>
    /// Opens a file, links followed, so that other programs may write, move and delete it meanwhile. Throws IOException where the path leads to
    /// something else, and what <see cref="FileStream"/> throws.
    /// </summary>
    public static FileStream OpenRead(string path, FileOptions options = FileOptions.None, int bufferSize = DefaultBuffer)
    {
        Require(path);
        try
        {
            return new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize, options);
        }
        catch (NotSupportedException exception)
        {
            // Windows' devices (CON, LPT1).
            throw new IOException(exception.Message, exception);
        }
    }

    /// <summary>Throws IOException where the path leads to something that is there and no file.</summary>
    public static void Require(string path)
    {
        if (WhatElse(path) is { } kind)
        {
            throw new IOException($"It is {kind}, not a file: only files are read.");
        }
    }

    /// <summary>"a named pipe" and the like; null for a file, and for what cannot be told.</summary>
    public static string? WhatElse(string path) => FileStatus.KindOf(path) switch
    {
        FileKind.Folder => Folder,
        FileKind.Pipe => "a named pipe",
        FileKind.Device => "a device",
        FileKind.Socket => "a socket",
        _ => null,
    };
}
