using Microsoft.Extensions.Logging;
using NexusExport.Configuration;
using NexusExport.Destinations;
using NexusExport.Records;
using NexusExport.Security;
using NexusExport.Store;
using NexusExport.Strategies;

namespace NexusExport.Pipeline;

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
                SecretRedactor.For(settings),
                time,
                logging.CreateLogger<PublishStage>()),
            jobs,
            completedExports,
            registry);
    }

    /// <summary>What would be sent to one destination. Makes no call and writes nothing.</summary>
    public async Task<PreviewRendered> PreviewAsync(LabRecord record, string destinationName, ExportPlan plan, CancellationToken cancellationToken)
    {
        var destination = registry.Get(destinationName);
        var document = TransformationStage.Execute(await assembly.ExecuteAsync(record, cancellationToken));
        var unnamed = RecordFaults.ForIdentity(record);
        var alreadyExported = unnamed is null && Completed(document, plan, [destination.Name]).Count > 0;
        var verdict = unnamed is not null ? new ValidationResult([unnamed], []) : validation.Execute(document);
        return PreviewStage.Execute(document, verdict, destination.Name, destination.Type, alreadyExported);
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

        FormattedRecord document;
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
        var refusal = completed.Count < names.Count && validation.Execute(document).Errors is [var error, ..] ? error : null;
        var order = new PublishOrder(document, names, completed, refusal, plan) { Elsewhere = Elsewhere(document, names) };
        return await publish.ExecuteAsync(order, StrategyRule.For(plan.Strategy), emit, cancellationToken);
    }

    /// <summary>What earlier runs brought to destinations that are left out of this one and that destinations of this one depend on.</summary>
    private IReadOnlyDictionary<string, JobClaim> Elsewhere(FormattedRecord document, IReadOnlyList<string> names)
    {
        var left = names
            .SelectMany(registry.DependenciesOf)
            .Select(dependency => dependency.Name)
            .Except(names, StringComparer.OrdinalIgnoreCase)
            .ToList();
        return left.Count == 0 || completedExports is null
            ? new Dictionary<string, JobClaim>(StringComparer.OrdinalIgnoreCase)
            : completedExports.GetCompleted(jobs.Ask(document.Record, document.Content.ContentHash, left));
    }

    private IReadOnlyDictionary<string, JobClaim> Completed(FormattedRecord document, ExportPlan plan, IReadOnlyCollection<string> names) =>
        plan.Force || completedExports is null
            ? new Dictionary<string, JobClaim>(StringComparer.OrdinalIgnoreCase)
            : completedExports.GetCompleted(jobs.Ask(document.Record, document.Content.ContentHash, names));
}
