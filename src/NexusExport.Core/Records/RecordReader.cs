using System.Runtime.CompilerServices;

namespace NexusExport.Records;

/// <summary>Streams the records that a query asks for: each file is read when the caller asks for it, not before.</summary>
/// <param name="recordsFolder">Configured records folder; null without one.</param>
/// <param name="uploadedFolder">Where succeeded records of that folder are moved to; null without one. It need not exist yet.</param>
/// <param name="sessions">Sessions of a NexusLIMS database; null without one.</param>
/// <param name="exportedTo">Which of these destinations have the record, for <see cref="RecordQuery.NotExportedTo"/>.</param>
/// <param name="time">Tells the time zone of times that are written without one.</param>
internal sealed class RecordReader(
    string? recordsFolder,
    string? uploadedFolder,
    ISessionDirectory? sessions,
    Func<LabRecord, IReadOnlyCollection<string>, IReadOnlySet<string>> exportedTo,
    TimeProvider time)
{
    private readonly RecordFileReader _files = new(sessions, uploadedFolder, time);

    /// <summary>
    /// Throws RECORD_NOT_FOUND before the first record if a path does not exist, and CONFIGURATION_INVALID if there is neither a path nor
    /// a records folder. What is wrong with single files comes as faults among the records.
    /// </summary>
    public async IAsyncEnumerable<RecordReading> ReadAsync(RecordQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = new RecordFilter(query, exportedTo);
        foreach (var source in Sources(query))
        {
            foreach (var file in source.Files())
            {
                cancellationToken.ThrowIfCancellationRequested();
                var reading = await ReadAsync(file, filter, cancellationToken);
                if (!source.IsNamedFile && reading?.Fault?.Code == ExportErrorCode.RecordNotFound)
                {
                    // Moved since it was listed, by another run perhaps, unless it was never to be had.
                    reading = RecordFaults.ForNameWithoutFile(file) is { } reason ? new(file, null, reason) : null;
                }

                if (reading is not null)
                {
                    yield return reading;
                }
            }

            foreach (var hidden in source.Hidden.Select(name => Path.Combine(source.Path, name)))
            {
                yield return new(hidden, null, RecordFaults.Hidden(hidden));
            }

            if (source.Fault is { } fault)
            {
                yield return new(source.Path, null, fault);
            }
        }
    }

    private async Task<RecordReading?> ReadAsync(string file, RecordFilter filter, CancellationToken cancellationToken)
    {
        var reading = await _files.ReadAsync(file, cancellationToken);
        try
        {
            return reading.Record is null || filter.LetsThrough(reading.Record) ? reading : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The hash that NotExportedTo needs is the first thing that reads the whole file.
            return new(file, null, RecordFaults.Unreadable(file, exception));
        }
    }

    private List<RecordSource> Sources(RecordQuery query)
    {
        if (query.Paths.Count > 0)
        {
            return query.Paths.Select(path => RecordSource.At(path)).ToList();
        }

        if (recordsFolder is null)
        {
            throw new ExportException(new ExportFault(ExportErrorCode.ConfigurationInvalid, "No records to read: no path is given and no records folder is configured.")
            {
                RecommendedAction = "Give -Path, or set records.path in nexus-export.yaml (or NX_RECORDS_PATH).",
            });
        }

        // Both folders are listed before the first record is handed out: the caller may be moving files from the one to the other while
        // it reads. A name that is in both (a crash between copy and delete, or a record that was built anew) comes from records/ only.
        var records = RecordSource.At(recordsFolder);
        return uploadedFolder is not null && Directory.Exists(uploadedFolder)
            ? [records, RecordSource.At(uploadedFolder).Without(records)]
            : [records];
    }
}
