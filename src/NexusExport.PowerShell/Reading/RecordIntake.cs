using System.Management.Automation;
using NexusExport.PowerShell.Pumping;
using NexusExport.Records;

namespace NexusExport.PowerShell.Reading;

/// <summary>
/// Reads the records that paths and piped objects mean, all through the engine's one reader, so that no object becomes a record by
/// PowerShell's conversions. What cannot be read is a non-terminating error.
/// </summary>
/// <param name="paths">Resolves paths.</param>
/// <param name="streams">Takes the errors.</param>
/// <param name="hasRecordsFolder">Whether a records folder is configured.</param>
/// <param name="read">Reads what a query asks for.</param>
internal sealed class RecordIntake(IRecordPaths paths, ICmdletStreams streams, bool hasRecordsFolder, Func<RecordQuery, IEnumerable<RecordReading>> read)
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object> _sessions = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The records of the configured folders.</summary>
    public IEnumerable<LabRecord> ReadConfigured(RecordQuery query) => ReadAll(query);

    /// <summary>The records of files and folders.</summary>
    public IEnumerable<LabRecord> Read(IReadOnlyList<string>? wildcards, IReadOnlyList<string>? literals, RecordQuery query) =>
        ReadPaths(paths.Resolve(wildcards, literals), query);

    /// <summary>
    /// The records that an object means. One that tells a session, but no file that is still there, is looked for by <see cref="ReadSessions"/>.
    /// A record is read once, however many results tell of it.
    /// </summary>
    public IEnumerable<LabRecord> Read(PSObject input, RecordQuery query)
    {
        var reference = RecordReference.Of(input.BaseObject, name => ObjectMembers.Get(input, name));
        if (reference.SaysNothing)
        {
            streams.WriteError(NoReference(input.BaseObject), input);
            return [];
        }

        if (reference.SessionIdentifier is not { } session)
        {
            return Read(reference.Patterns, reference.Exact, query);
        }

        var there = reference.Exact.Select(paths.FindQuietly).OfType<string>().ToList();
        if (there.Count == 0)
        {
            _sessions.TryAdd(session, input);
        }

        return ReadPaths(there.FindAll(_taken.Add), query);
    }

    /// <summary>The records of the sessions that were piped in without a file, in one go over the folders.</summary>
    /// <param name="folders">Where to look; null for the configured folders.</param>
    /// <param name="query">What else the records must be.</param>
    /// <param name="isFiltered">Whether the query leaves records out, so that one that does not come need not be missing.</param>
    public IEnumerable<LabRecord> ReadSessions(IReadOnlyList<string>? folders, RecordQuery query, bool isFiltered)
    {
        var missing = new Dictionary<string, object>(_sessions, StringComparer.OrdinalIgnoreCase);
        foreach (var record in _sessions.Count == 0 ? [] : Search(folders, query))
        {
            missing.Remove(record.SessionIdentifier);
            if (_sessions.ContainsKey(record.SessionIdentifier) && (record.Path is null || _taken.Add(record.Path)))
            {
                yield return record;
            }
        }

        foreach (var (session, origin) in missing.Where(_ => !isFiltered))
        {
            streams.WriteError(NotFound(session), origin);
        }
    }

    private static ExportFault NotFound(string session) => new(ExportErrorCode.RecordNotFound, $"No record of the session '{session}' was found.")
    {
        RecommendedAction = "Pipe in the record's file, or set records.path to the folder that holds it; Get-Record -Path looks in other folders.",
    };

    private static ExportFault NoReference(object value) =>
        new(ExportErrorCode.NotARecord, $"An object of the type {value.GetType().Name} says neither where a record is (Path, FullName or RecordPath) nor which session it belongs to.")
        {
            RecommendedAction = "Pipe in paths, files, records, results or rows of the upload log.",
        };

    private IEnumerable<LabRecord> Search(IReadOnlyList<string>? folders, RecordQuery query) =>
        folders is not null ? ReadPaths(paths.Resolve(folders, literals: null), query)
        : hasRecordsFolder ? ReadAll(query)
        : [];

    private IEnumerable<LabRecord> ReadPaths(IReadOnlyList<string> found, RecordQuery query) => found.Count == 0 ? [] : ReadAll(query with { Paths = found });

    private IEnumerable<LabRecord> ReadAll(RecordQuery query)
    {
        foreach (var reading in Readings(query))
        {
            if (reading.Record is { } record)
            {
                yield return record;
            }
            else if (reading.Fault is { } fault)
            {
                streams.WriteError(fault, reading.Path);
            }
        }
    }

    private IEnumerable<RecordReading> Readings(RecordQuery query)
    {
        using var readings = read(query).GetEnumerator();
        while (MoveNext(readings, query))
        {
            yield return readings.Current;
        }
    }

    // A path that has gone since it was resolved is an error of its own: an export in progress must not end for a file that another run moved.
    private bool MoveNext(IEnumerator<RecordReading> readings, RecordQuery query)
    {
        try
        {
            return readings.MoveNext();
        }
        catch (ExportException exception) when (exception.Fault.Code == ExportErrorCode.RecordNotFound && query.Paths.Count > 0)
        {
            streams.WriteError(exception.Fault, query.Paths);
            return false;
        }
    }
}
