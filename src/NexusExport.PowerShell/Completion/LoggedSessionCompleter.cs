using NexusExport.Store;

namespace NexusExport.PowerShell.Completion;

/// <summary>Completes the sessions that were logged last.</summary>
public sealed class LoggedSessionCompleter : EngineCompleter
{
    private const int MostRows = 500;

    private protected override IEnumerable<Suggestion> Suggest(ExportEngine engine, TypedCommand command) =>
        Task.Run(() => ReadAsync(engine)).GetAwaiter().GetResult();

    private static async Task<List<Suggestion>> ReadAsync(ExportEngine engine)
    {
        var found = new List<Suggestion>();
        await foreach (var row in engine.Log.ReadAsync(new UploadLogQuery { First = MostRows }, CancellationToken.None))
        {
            found.Add(new(row.SessionIdentifier));
        }

        return found;
    }
}
