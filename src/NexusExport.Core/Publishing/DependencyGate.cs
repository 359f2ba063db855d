namespace NexusExport.Publishing;

/// <summary>Decides whether a destination may be tried for a record, by what became of that record where the destination depends on it.</summary>
internal static class DependencyGate
{
    /// <summary>Why <paramref name="name"/> is not to be tried (DEPENDENCY_FAILED); null if it may be.</summary>
    /// <param name="name">The destination.</param>
    /// <param name="dependencies">What it depends on.</param>
    /// <param name="previous">What is known of other destinations for this record, by name.</param>
    public static ExportFault? Judge(string name, IReadOnlyList<Dependency> dependencies, IReadOnlyDictionary<string, ExportResult> previous)
    {
        foreach (var dependency in dependencies.Where(dependency => !dependency.IsOptional))
        {
            var result = previous.GetValueOrDefault(dependency.Name);
            if (result is not { Success: true })
            {
                return new(ExportErrorCode.DependencyFailed, $"Not tried: '{name}' depends on '{dependency.Name}', which {Explain(result)}")
                {
                    Recoverable = result?.Recoverable ?? false,
                    RecommendedAction = result is null
                        ? $"Export to '{dependency.Name}' too, or make the dependency optional ('{dependency.Name}?')."
                        : ExportErrorCatalog.For(ExportErrorCode.DependencyFailed).RecommendedAction,
                };
            }
        }

        return null;
    }

    private static string Explain(ExportResult? result) => result switch
    {
        null => "is not part of this run and does not have the record yet.",
        // Its own result tells why; here it would be told twice.
        { Status: ExportStatus.Skipped } => "was skipped.",
        _ => $"failed ({result.ErrorCode}).",
    };
}
