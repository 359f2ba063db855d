using Microsoft.Extensions.Logging;
using NexusExport.Diagnostics;
using NexusExport.Routing;

namespace NexusExport.Publishing;

/// <summary>Ends a record: says what its results come to, and moves the file of one that succeeded.</summary>
internal sealed class RecordFinisher(UploadedMover? mover, ILogger logger)
{
    /// <summary>What is told of the record in the end; throws nothing that moving is known to throw.</summary>
    public RecordFinished Finish(LabRecord record, RecordVerdict verdict, ExportPlan plan)
    {
        var failed = verdict.Results.Where(result => !result.Success).ToList();
        return verdict.Success
            ? Succeeded(record, verdict, failed)
            : new(record, Success: false, verdict.Results, verdict.Refusal ?? StrategyFailed(record, plan, failed), MovedTo: null, [])
            {
                Notices = verdict.Notices,
            };
    }

    private RecordFinished Succeeded(LabRecord record, RecordVerdict verdict, List<ExportResult> failed)
    {
        var warnings = failed.ConvertAll(result => $"{RecordName.Of(record)} → {Explain(result)} {result.RecommendedAction}");
        var notices = verdict.Notices;
        string? movedTo = null;
        try
        {
            movedTo = mover?.Move(record, verdict.Results.Select(result => result.ContentHash).FirstOrDefault());
        }
        catch (ExportException exception)
        {
            // The record is exported and stays where it is; the next run finds nothing missing and moves it then.
            warnings.Add($"{exception.Fault.Message} {exception.Fault.RecommendedAction}");
            notices = [.. notices, exception.Fault];
        }

        if (movedTo is not null)
        {
            logger.LogDebug(ExportEvents.Moved, "{Record} moved to {Path}.", RecordName.Of(record), movedTo);
        }

        return new(record, Success: true, verdict.Results, Fault: null, movedTo, warnings) { Notices = notices };
    }

    private static ExportFault StrategyFailed(LabRecord record, ExportPlan plan, List<ExportResult> failed)
    {
        var fault = new ExportFault(
            ExportErrorCode.StrategyFailed,
            $"{RecordName.Of(record)} did not satisfy the strategy {plan.Strategy}: {string.Join("; ", failed.Select(Explain))}");
        return Advice(failed) is { Length: > 0 } advice ? fault with { RecommendedAction = advice } : fault;
    }

    // What helps against the causes; what merely followed from them has no advice of its own.
    private static string Advice(IEnumerable<ExportResult> failed) => string.Join(' ', failed
        .Where(result => result.ErrorCode != ExportErrorCode.DependencyFailed)
        .Select(result => result.RecommendedAction)
        .OfType<string>()
        .Distinct(StringComparer.Ordinal));

    private static string Explain(ExportResult result) => $"{result.DestinationName} ({result.ErrorCode}): {result.ErrorMessage}";
}
