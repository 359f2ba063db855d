namespace NexusExport.Host.Reporting;

/// <summary>The results worth showing at the end: failures stay, of the rest the last ones. Never more than its capacity.</summary>
internal sealed class RecentResults(int capacity)
{
    private readonly LinkedList<ExportResult> _results = [];

    /// <summary>Results seen, shown or not.</summary>
    public int Seen { get; private set; }

    /// <summary>What is kept, in the order in which it came.</summary>
    public IReadOnlyCollection<ExportResult> Kept => _results;

    /// <summary>Takes one more; when full, the oldest success goes, and without one the oldest failure.</summary>
    public void Add(ExportResult result)
    {
        Seen++;
        _results.AddLast(result);
        if (_results.Count > capacity)
        {
            _results.Remove(_results.FirstOrDefault(kept => kept.Success) ?? _results.First!.Value);
        }
    }
}
