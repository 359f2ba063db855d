using Microsoft.Win32.SafeHandles;

namespace NexusExport;

/// <summary>
/// Reading and writing files where the caller can wait. Windows does it while the thread does something else. Unix does not: .NET hands each
/// piece to another thread, which costs more than the reading of most records, so there it is done at once.
/// </summary>
internal static class WaitedFile
{
    // Between pieces of this size the caller may stop.
    private const int PieceSize = 1024 * 1024;

    /// <summary>How such a file is opened.</summary>
    public static FileOptions Options => OperatingSystem.IsWindows() ? FileOptions.Asynchronous : FileOptions.None;

    /// <summary>Reads up to as many bytes as there is room for; gives their number, 0 at the end.</summary>
    public static ValueTask<int> ReadAsync(SafeFileHandle file, Memory<byte> bytes, long offset, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            return RandomAccess.ReadAsync(file, bytes, offset, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new(RandomAccess.Read(file, bytes.Span[..Math.Min(bytes.Length, PieceSize)], offset));
    }

    /// <summary>Reads from where the stream stands, as <see cref="Stream.ReadAsync(Memory{byte}, CancellationToken)"/> does.</summary>
    public static ValueTask<int> ReadAsync(FileStream file, Memory<byte> bytes, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            return file.ReadAsync(bytes, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new(file.Read(bytes.Span));
    }

    /// <summary>Writes all of it where the stream stands.</summary>
    public static async ValueTask WriteAsync(FileStream file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            var piece = bytes[..Math.Min(bytes.Length, PieceSize)];
            if (OperatingSystem.IsWindows())
            {
                await file.WriteAsync(piece, cancellationToken);
            }
            else
            {
                cancellationToken.ThrowIfCancellationRequested();
                file.Write(piece.Span);
            }

            bytes = bytes[piece.Length..];
        }
    }
}
