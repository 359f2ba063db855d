using System.Globalization;
using System.Text;
using NexusExport.Records;

namespace NexusExport.Documents;

/// <summary>Stage 1: reads a record's content, once.</summary>
/// <param name="maxContentLength">Most characters that a record may have; what cannot have so few is not read at all.</param>
internal sealed class AssemblyStage(int maxContentLength)
{
    // No encoding takes more bytes for a character (a UTF-16 code unit).
    private const long MaxBytesPerChar = 4;

    /// <summary>Throws RECORD_NOT_FOUND, RECORD_UNREADABLE or CONTENT_TOO_LARGE.</summary>
    public async Task<AssembledContent> ExecuteAsync(LabRecord record, CancellationToken cancellationToken)
    {
        if (record.Content is not null)
        {
            return Assemble(record, Encoding.UTF8.GetBytes(record.Content), provenance: null);
        }

        var path = record.Path
            ?? throw new ExportException(ExportErrorCode.RecordNotFound, $"The record {record.SessionIdentifier} has neither a file nor content.");
        try
        {
            RegularFile.Require(path);
            using var handle = File.OpenHandle(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, WaitedFile.Options | FileOptions.SequentialScan);
            var length = RandomAccess.GetLength(handle);
            if (length > (maxContentLength * MaxBytesPerChar) + MaxBytesPerChar)
            {
                throw new ExportException(ContentLimit.Exceeded(path, $"{length.ToString("N0", CultureInfo.InvariantCulture)} bytes", maxContentLength));
            }

            var bytes = GC.AllocateUninitializedArray<byte>(checked((int)length));
            var count = await ReadWholeAsync(handle, bytes, cancellationToken);
            if (count != length || RandomAccess.GetLength(handle) != length)
            {
                throw new IOException("The file changed while it was being read.");
            }

            return Assemble(record, bytes, new(path, length, new DateTimeOffset(File.GetLastWriteTimeUtc(handle))));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ExportException(RecordFaults.NotFound(path), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ExportException(RecordFaults.Unreadable(path, exception), exception);
        }
    }

    private static async Task<int> ReadWholeAsync(Microsoft.Win32.SafeHandles.SafeFileHandle handle, byte[] bytes, CancellationToken cancellationToken)
    {
        var total = 0;
        int count;
        while (total < bytes.Length && (count = await WaitedFile.ReadAsync(handle, bytes.AsMemory(total), total, cancellationToken)) > 0)
        {
            total += count;
        }

        return total;
    }

    private static AssembledContent Assemble(LabRecord record, byte[] bytes, ContentProvenance? provenance)
    {
        var encoding = ContentEncoding.Detect(bytes);
        return new()
        {
            Record = record,
            Bytes = bytes,
            Encoding = encoding,
            FileName = DocumentName.For(record),
            Statistics = new(bytes.Length, ContentEncoding.CountChars(bytes, encoding)),
            Provenance = provenance,
        };
    }
}
