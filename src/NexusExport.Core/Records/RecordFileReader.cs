namespace NexusExport.Records;

/// <summary>Makes a <see cref="LabRecord"/> of one file: from its name, the head of its XML and, where there is one, its session in the database.</summary>
/// <param name="sessions">Sessions of a NexusLIMS database; null without one.</param>
/// <param name="uploadedFolder">Where succeeded records are moved to and, where a name is taken, numbered; null without one.</param>
/// <param name="time">Tells the time zone of times that are written without one.</param>
internal sealed class RecordFileReader(ISessionDirectory? sessions, string? uploadedFolder, TimeProvider time)
{
    // Enough for the head of nearly every record, so that one read is all that a record takes.
    private const int BlockSize = 8 * 1024;

    /// <summary>Never throws for what is wrong with the file: that comes as the reading's fault.</summary>
    public async Task<RecordReading> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var stream = RegularFile.OpenRead(path, WaitedFile.Options | FileOptions.SequentialScan, BlockSize);
            await using (stream.ConfigureAwait(false))
            {
                return new(path, await ReadAsync(stream, path, cancellationToken), null);
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new(path, null, RecordFaults.NotFound(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(path, null, RecordFaults.Unreadable(path, exception));
        }
        catch (ExportException exception)
        {
            return new(path, null, exception.Fault);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A file that our reading stumbles over must not keep the others from being read.
            return new(path, null, new(ExportErrorCode.UnexpectedFailure, $"{path}: reading it failed: {exception.GetType().Name}: {exception.Message}"));
        }
    }

    private async Task<LabRecord> ReadAsync(FileStream stream, string path, CancellationToken cancellationToken)
    {
        // The first block is awaited; the XML parser, which is faster when it does not wait, then finds it in the stream's buffer.
        var first = new byte[1];
        var count = await WaitedFile.ReadAsync(stream, first, cancellationToken);
        stream.Position = 0;
        if (count == 0 || (first[0] != (byte)'<' && IsBlank(stream)))
        {
            throw new ExportException(RecordFaults.Empty(path));
        }

        return Compose(path, RecordXmlReader.Read(stream, path)) with
        {
            Size = stream.Length,
            LastModified = new DateTimeOffset(File.GetLastWriteTimeUtc(stream.SafeFileHandle)),
        };
    }

    /// <summary>Leaves the stream where it was: at its beginning.</summary>
    private static bool IsBlank(FileStream stream)
    {
        var block = new byte[BlockSize];
        int count;
        do
        {
            count = stream.Read(block);
            if (!BlankContent.IsBlank(block.AsSpan(0, count)))
            {
                stream.Position = 0;
                return false;
            }
        }
        while (count > 0);
        return true;
    }

    private LabRecord Compose(string path, RecordHead head)
    {
        var name = RecordFileName.Parse(path);
        var zone = time.LocalTimeZone;
        var instrument = name?.InstrumentPid ?? head.InstrumentPid;
        var from = RecordTime.Parse(head.ReservationStart, zone);
        var key = name?.Suffix ?? head.Id ?? SessionReference.Shorten(head.Reference) ?? Stem(path);
        var date = name?.Date ?? (from is { } start ? DateOnly.FromDateTime(start.DateTime) : null);
        var session = sessions?.Find(key, instrument, date);
        return new()
        {
            SessionIdentifier = session?.SessionIdentifier ?? key,
            InstrumentPid = instrument ?? session?.InstrumentPid,
            InstrumentName = session?.InstrumentName ?? head.InstrumentName,
            From = session?.From ?? from ?? (date is { } day ? RecordTime.StartOf(day, zone) : null),
            To = session?.To ?? RecordTime.Parse(head.ReservationEnd, zone),
            User = session?.User ?? (head.Experimenters.Count > 0 ? string.Join("; ", head.Experimenters) : null),
            Status = session?.Status,
            Title = head.Title,
            Path = path,
            Metadata = RecordMetadata.From(head),
        };
    }

    private string Stem(string path) => Path.GetFileNameWithoutExtension(
        uploadedFolder is not null && SameFolder.IsWritten(Path.GetDirectoryName(path), uploadedFolder) ? UploadedFolder.OriginalName(path) : path);
}
