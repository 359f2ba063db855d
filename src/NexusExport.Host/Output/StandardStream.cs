using System.Runtime.InteropServices;

namespace NexusExport.Host.Output;

/// <summary>
/// Standard output or standard error of a Unix process, written to as it is. The console's own stream takes a reader that has gone for a
/// success; and where a stream was closed before the program began, that stream would write into whatever file has its number since.
/// </summary>
internal sealed class StandardStream : Stream
{
    /// <summary>The descriptor of standard output.</summary>
    public const int Output = 1;

    /// <summary>The descriptor of standard error.</summary>
    public const int Error = 2;

    private const int Interrupted = 4;
    private const int GetFlags = 1;
    private const int CloseOnExec = 1;
    private const short Writable = 4;
    private static readonly int WouldBlock = OperatingSystem.IsLinux() ? 11 : 35;

    // What keeps the numbers of closed streams from being given to files of ours, where the runtime's last words would end up.
    private static readonly List<FileStream> Fillers = [];

    private readonly int _descriptor;
    private readonly bool _open;

    /// <param name="descriptor"><see cref="Output"/> or <see cref="Error"/>.</param>
    public StandardStream(int descriptor)
    {
        _descriptor = descriptor;

        // What a program inherits is never marked to be closed for its children; what the runtime opened for itself is.
        _open = Control(descriptor, GetFlags) is >= 0 and var flags && (flags & CloseOnExec) == 0;
    }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Gives the numbers of standard streams that are closed to the null device. To be called before any file is opened.</summary>
    public static void OccupyClosed()
    {
        try
        {
            while (Enumerable.Range(0, Error + 1).Any(descriptor => Control(descriptor, GetFlags) < 0))
            {
                // A new file gets the lowest number that is free.
                Fillers.Add(new("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A system without a null device: then nothing of ours may be written there, and nothing is.
        }
    }

    /// <summary>Writes everything; throws IOException where that cannot be done.</summary>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!_open)
        {
            throw new IOException("The stream is closed.");
        }

        while (!buffer.IsEmpty)
        {
            var count = Write(_descriptor, in MemoryMarshal.GetReference(buffer), buffer.Length);
            if (count < 0)
            {
                Recover(Marshal.GetLastPInvokeError());
            }
            else
            {
                buffer = buffer[(int)count..];
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is kept back.
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private void Recover(int error)
    {
        if (error == WouldBlock)
        {
            // Whoever shares the stream has made it non-blocking.
            var wait = new Poll { Descriptor = _descriptor, Events = Writable };
            _ = WaitFor(ref wait, 1, -1);
        }
        else if (error != Interrupted)
        {
            throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
    }

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Write(int descriptor, in byte buffer, nint count);

    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int descriptor, int command);

    [DllImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int WaitFor(ref Poll poll, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Poll
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
