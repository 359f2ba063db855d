namespace NexusExport.Records;

/// <summary>Decides which records a <see cref="RecordQuery"/> lets through.</summary>
internal sealed class RecordFilter
{
    private readonly RecordQuery _query;
    private readonly TextFilter _sessions;
    private readonly TextFilter _instruments;
    private readonly TextFilter _users;
    private readonly TextFilter _statuses;
    private readonly Func<LabRecord, IReadOnlyCollection<string>, IReadOnlySet<string>> _exportedTo;

    /// <param name="query">The query.</param>
    /// <param name="exportedTo">Which of these destinations have the record; asked last, because it needs the content's hash.</param>
    public RecordFilter(RecordQuery query, Func<LabRecord, IReadOnlyCollection<string>, IReadOnlySet<string>> exportedTo)
    {
        _query = query;
        _sessions = new(query.SessionIdentifier);
        _instruments = new(query.Instrument);
        _users = new(query.User);
        _statuses = new(query.Status);
        _exportedTo = exportedTo;
    }

    public bool LetsThrough(LabRecord record) =>
        _sessions.LetsThrough(record.SessionIdentifier)
        && (_instruments.LetsThrough(record.InstrumentPid) || _instruments.LetsThrough(record.InstrumentName))
        && (_users.LetsThrough(record.User) || Experimenters(record).Any(_users.LetsThrough))
        && _statuses.LetsThrough(record.Status)
        && (_query.Since is null || record.From >= _query.Since)
        && (_query.Before is null || record.From < _query.Before)
        && IsMissingSomewhere(record);

    private static IReadOnlyList<string> Experimenters(LabRecord record) =>
        record.Metadata.GetValueOrDefault(RecordMetadata.Experimenters) as IReadOnlyList<string> ?? [];

    private bool IsMissingSomewhere(LabRecord record)
    {
        if (_query.NotExportedTo.Count == 0)
        {
            return true;
        }

        var having = _exportedTo(record, _query.NotExportedTo);
        return _query.NotExportedTo.Any(name => !having.Contains(name, StringComparer.OrdinalIgnoreCase));
    }
}
