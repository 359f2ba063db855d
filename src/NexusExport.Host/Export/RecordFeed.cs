using System.Runtime.CompilerServices;
using NexusExport.Publishing;
using NexusExport.Records;

namespace NexusExport.Host.Export;

/// <summary>The records of a run as they are read; what is no record is told and counted on the way.</summary>
internal sealed class RecordFeed(CommandRun run, IReadOnlyList<string> paths, ExportTally tally, FailureSummary? failures = null)
{
    /// <summary>Streams the records.</summary>
    public async IAsyncEnumerable<LabRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var reading in run.Engine.Records.ReadAsync(new RecordQuery { Paths = paths }, cancellationToken))
        {
            if (reading.Record is not null)
            {
                yield return reading.Record;
            }
            else if (reading.Fault is not null)
            {
                tally.AddNoRecord();
                failures?.Add(new RecordFinished(Stray(reading.Path), Success: false, [], reading.Fault, MovedTo: null, []));
                if (failures is null || run.Log.IsVerbose)
                {
                    run.Log.Fault("NoRecord", reading.Fault);
                }
            }
        }
    }

    private static LabRecord Stray(string path) => new() { SessionIdentifier = Path.GetFileName(path), Path = path };
}
