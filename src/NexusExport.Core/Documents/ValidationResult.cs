namespace NexusExport.Documents;

/// <summary>What stage 3 found (specification section 2.3).</summary>
/// <param name="Errors">Why the document must not be published; empty when nothing speaks against it.</param>
/// <param name="Warnings">What the schema has no opinion on; does not stop anything.</param>
internal sealed record ValidationResult(IReadOnlyList<ExportFault> Errors, IReadOnlyList<ExportFault> Warnings)
{
    /// <summary>Nothing was checked, or nothing was found.</summary>
    public static ValidationResult Nothing { get; } = new([], []);

    public bool Passed => Errors.Count == 0;
}
