using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using NexusExport.Configuration;
using NexusExport.Documents;
using NexusExport.Records;
using NexusExport.Routing;
using NexusExport.Store;

namespace NexusExport.Publishing;

/// <summary>
/// One record's way through the five stages: Assembly → Transformation → Validation, and then Preview (for a person to decide on) or
/// Publish.
/// </summary>
internal sealed class ExportPipeline(
    AssemblyStage assembly,
    ValidationStage validation,
    PublishStage publish,
    JobRequestFactory jobs,
    ICompletedExports? completedExports,
    DestinationRegistry registry)
{
    /// <summary>The pipeline that <paramref name="settings"/> describe.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="completedExports">What is known to be at its destination; null where there is no journal yet.</param>
    /// <param name="journal">Where results are written; null for previews only.</param>
    /// <param name="registry">The destinations.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logging">Where log entries go.</param>
    public static ExportPipeline Create(
        ExportSettings settings,
        ICompletedExports? completedExports,
        IExportStore? journal,
        DestinationRegistry registry,
        TimeProvider time,
        ILoggerFactory logging)
    {
        var jobs = new JobRequestFactory(Environment.UserName, settings.UploadedPath, registry);
        return new(
            new AssemblyStage(settings.MaxContentLength),
            new ValidationStage(settings.MaxContentLength, settings.SchemaPath is null ? null : new RecordSchema(settings.SchemaPath)),
            new PublishStage(
                journal,
                registry,
                jobs,
                settings.CreateRedactor(),
                time,
                logging.CreateLogger<PublishStage>()),
            jobs,
            completedExports,
            registry);
    }

    /// <summary>
    /// What would be sent where: a preview for each destination of the plan, under FirstSuccess for the one that would be tried first or has
    /// the record already. Makes no call and writes nothing. Throws RECORD_NOT_FOUND, RECORD_UNREADABLE or CONTENT_TOO_LARGE.
    /// </summary>
    public async Task<IReadOnlyList<PreviewRendered>> PreviewAsync(LabRecord record, ExportPlan plan, CancellationToken cancellationToken)
    {
        var document = TransformationStage.Execute(await assembly.ExecuteAsync(record, cancellationToken));
        var unnamed = RecordFaults.ForIdentity(record);
        var completed = unnamed is null ? Completed(document, plan, plan.Destinations) : ImmutableDictionary<string, JobClaim>.Empty;
        var names = plan.Strategy == ExportStrategy.FirstSuccess
            ? [plan.Destinations.FirstOrDefault(completed.ContainsKey) ?? plan.Destinations[0]]
            : plan.Destinations;
        var verdict = unnamed is not null ? new([unnamed], [])
            : names.All(completed.ContainsKey) ? ValidationResult.Nothing
            : validation.Execute(document);
        return
        [
            .. names.Select(name => PreviewStage.Execute(document, verdict, name, registry.Get(name).Type, completed.ContainsKey(name)) with
            {
                Fallbacks = plan.Strategy == ExportStrategy.FirstSuccess ? [.. plan.Destinations.SkipWhile(other => other != name).Skip(1)] : [],
            }),
        ];
    }

    /// <summary>Exports one record to the destinations of the plan that the user agreed to.</summary>
    /// <param name="item">The record.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="emit">Takes each result as soon as it is committed to the journal.</param>
    /// <param name="cancellationToken">Stops the record after writing down how far it got.</param>
    public async Task<RecordVerdict> ExportAsync(ExportItem item, ExportPlan plan, Func<ExportResult, ValueTask> emit, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> names = [.. plan.Destinations.Where(name => item.Destinations?.Contains(name) != false)];
        if (RecordFaults.ForIdentity(item.Record) is { } unnamed)
        {
            return await publish.RefuseUnnamedAsync(item.Record, names, unnamed, plan, emit);
        }

        ExportDocument document;
        try
        {
            document = TransformationStage.Execute(await assembly.ExecuteAsync(item.Record, cancellationToken));
        }
        catch (ExportException exception)
        {
            return await publish.RefuseAsync(item.Record, names, exception.Fault, plan, emit);
        }

        var completed = Completed(document, plan, names);
        if (plan.Strategy == ExportStrategy.FirstSuccess && names.FirstOrDefault(completed.ContainsKey) is { } satisfied)
        {
            // One destination has it, which is all that this strategy asks for: nothing is missing.
            names = [satisfied];
        }

        // What is everywhere already is not judged again: a schema that was tightened later does not undo an export.
        var validated = completed.Count < names.Count ? validation.Execute(document) : ValidationResult.Nothing;
        var refusal = validated.Errors is [var error, ..] ? error : null;
        var order = new PublishOrder(document, names, completed, refusal, plan) { Elsewhere = Elsewhere(document, names) };
        var verdict = await publish.ExecuteAsync(order, StrategyRule.For(plan.Strategy), emit, cancellationToken);
        return verdict with { Notices = validated.Warnings };
    }

    /// <summary>What earlier runs brought to destinations that are left out of this one and that destinations of this one depend on.</summary>
    private IReadOnlyDictionary<string, JobClaim> Elsewhere(ExportDocument document, IReadOnlyList<string> names)
    {
        var left = names
            .SelectMany(registry.DependenciesOf)
            .Select(dependency => dependency.Name)
            .Except(names, StringComparer.OrdinalIgnoreCase)
            .ToList();
        return left.Count == 0 || completedExports is null
            ? new Dictionary<string, JobClaim>(StringComparer.OrdinalIgnoreCase)
            : completedExports.GetCompleted(jobs.Ask(ExportSubject.Of(document), document.Content.ContentHash, left));
    }

    private IReadOnlyDictionary<string, JobClaim> Completed(ExportDocument document, ExportPlan plan, IReadOnlyCollection<string> names) =>
        plan.Force || completedExports is null
            ? new Dictionary<string, JobClaim>(StringComparer.OrdinalIgnoreCase)
            : completedExports.GetCompleted(jobs.Ask(ExportSubject.Of(document), document.Content.ContentHash, names));
}
