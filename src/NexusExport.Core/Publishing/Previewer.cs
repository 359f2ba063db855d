using System.Collections.Immutable;
using NexusExport.Documents;
using NexusExport.Records;
using NexusExport.Routing;
using NexusExport.Store;

namespace NexusExport.Publishing;

/// <summary>Shows what would be sent where (stage 4), for a person to decide on. Makes no call and writes nothing.</summary>
internal sealed class Previewer(DocumentMaker documents, KnownExports known, DestinationRegistry registry)
{
    /// <summary>
    /// A preview for each destination of the plan, under FirstSuccess for the one that would be tried first or has the record already. Throws
    /// RECORD_NOT_FOUND, RECORD_UNREADABLE, CONTENT_TOO_LARGE or EMPTY_CONTENT.
    /// </summary>
    public async Task<IReadOnlyList<PreviewRendered>> PreviewAsync(LabRecord record, ExportPlan plan, CancellationToken cancellationToken)
    {
        var rule = StrategyRule.For(plan.Strategy);
        var document = await documents.MakeAsync(record, cancellationToken);
        var unnamed = RecordFaults.ForIdentity(record);
        var completed = unnamed is null ? known.Find(document, plan, plan.Destinations) : ImmutableDictionary<string, JobClaim>.Empty;
        var names = rule.WithoutFailures(rule.Narrow(plan.Destinations, completed.ContainsKey));
        var validation = unnamed is not null ? new([unnamed], [])
            : names.All(completed.ContainsKey) ? ValidationResult.Nothing
            : documents.Validate(document);
        return
        [
            .. names.Select(name => PreviewStage.Execute(document, validation, name, registry.Get(name).Type, completed.ContainsKey(name)) with
            {
                Fallbacks = rule.FallbacksOf(name, plan.Destinations),
            }),
        ];
    }
}
