using NexusExport.Records;

namespace NexusExport.PowerShell.Completion;

/// <summary>Completes what records tell: those of the path that is typed, else of the configured folder; the first ones, within a second.</summary>
public abstract class RecordFactCompleter : EngineCompleter
{
    private const int MostRecords = 2000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private protected RecordFactCompleter()
    {
    }

    private protected sealed override IEnumerable<Suggestion> Suggest(ExportEngine engine, TypedCommand command)
    {
        var path = command.Text("Path") ?? command.Text("LiteralPath");
        IReadOnlyList<string> paths = path is null ? [] : [Path.GetFullPath(path, command.Location)];
        return Task.Run(() => ReadAsync(engine, new() { Paths = paths })).GetAwaiter().GetResult()
            .Order(StringComparer.OrdinalIgnoreCase)
            .Select(fact => new Suggestion(fact));
    }

    private protected abstract IEnumerable<string?> FactsOf(LabRecord record);

    private async Task<IReadOnlyCollection<string>> ReadAsync(ExportEngine engine, RecordQuery query)
    {
        var facts = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var count = 0;
            await foreach (var reading in engine.Records.ReadAsync(query, patience.Token))
            {
                facts.UnionWith(reading.Record is { } record ? FactsOf(record).OfType<string>() : []);
                if (++count == MostRecords)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // What came in time is shown.
        }

        return facts;
    }
}
