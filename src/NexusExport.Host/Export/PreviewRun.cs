using System.Globalization;
using NexusExport.Host.Lifetime;
using NexusExport.Host.Reporting;
using NexusExport.Publishing;
using NexusExport.Routing;

namespace NexusExport.Host.Export;

/// <summary>--what-if: shows what would be sent where; makes no call and writes nothing.</summary>
internal sealed class PreviewRun(CommandRun run, ExportPlan plan, IReadOnlyList<string> paths, bool json)
{
    private static readonly ListingColumn<PreviewRendered>[] Columns = [new("What would be done", 20, preview => preview.Summary)];

    /// <summary>Shows everything and returns the exit code: 1 if some record could not be exported as it is.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var tally = new ExportTally();
        var listing = Listing.For(run.Context, json, Columns);
        var (sent, there, refused) = (0, 0, 0);
        await foreach (var record in new RecordFeed(run, paths, tally).ReadAsync(cancellationToken))
        {
            foreach (var preview in await run.Engine.Exports.PreviewAsync(record, plan, cancellationToken))
            {
                listing.Write(preview);
                sent += preview is { ValidationPassed: true, AlreadyExported: false } ? 1 : 0;
                there += preview.AlreadyExported ? 1 : 0;
                refused += preview.ValidationPassed ? 0 : 1;
            }
        }

        run.Log.Total(
            "PreviewFinished",
            string.Create(CultureInfo.InvariantCulture, $"What if: {sent} would be sent, {there} already exported, {refused} would be refused. Nothing was sent or written."),
            new Dictionary<string, int>(StringComparer.Ordinal) { ["sent"] = sent, ["already_exported"] = there, ["refused"] = refused, ["no_record"] = tally.NoRecord });
        return refused + tally.NoRecord == 0 ? ExitCode.Success : ExitCode.Failed;
    }
}
