using NexusExport.Routing;

namespace NexusExport.Publishing.Gates;

/// <summary>Stops a record at a destination that depends on another one which does not have it (DEPENDENCY_FAILED).</summary>
internal sealed class DependencyGate(DestinationRegistry registry) : IPublishGate
{
    /// <inheritdoc/>
    public GateVerdict? Judge(PublishCase asked)
    {
        var missing = registry.DependenciesOf(asked.DestinationName)
            .FirstOrDefault(dependency => !dependency.IsOptional && asked.Previous.GetValueOrDefault(dependency.Name) is not { Success: true });
        return missing is null
            ? null
            : new(ExportStatus.Skipped, Journaling.JobAndLog)
            {
                Fault = Explain(asked.DestinationName, missing, asked.Previous.GetValueOrDefault(missing.Name)),
            };
    }

    private static ExportFault Explain(string name, Dependency missing, ExportResult? result) =>
        new(ExportErrorCode.DependencyFailed, $"Not tried: '{name}' depends on '{missing.Name}', which {Explain(result)}")
        {
            Recoverable = result?.Recoverable ?? false,
            RecommendedAction = result is null
                ? $"Export to '{missing.Name}' too, or make the dependency optional ('{missing.Name}?')."
                : ExportErrorCatalog.For(ExportErrorCode.DependencyFailed).RecommendedAction,
        };

    private static string Explain(ExportResult? result) => result switch
    {
        null => "is not part of this run and does not have the record yet.",
        // Its own result tells why; here it would be told twice.
        { Status: ExportStatus.Skipped } => "was skipped.",
        _ => $"failed ({result.ErrorCode}).",
    };
}
