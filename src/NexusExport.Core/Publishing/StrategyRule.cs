namespace NexusExport.Publishing;

/// <summary>What a strategy decides: whether to go on after a result, and whether the record has succeeded.</summary>
public abstract class StrategyRule
{
    private StrategyRule()
    {
    }

    /// <summary>The rule of <paramref name="strategy"/>.</summary>
    public static StrategyRule For(ExportStrategy strategy) => strategy switch
    {
        ExportStrategy.All => new EveryOne(),
        ExportStrategy.FirstSuccess => new UntilOne(),
        ExportStrategy.BestEffort => new AnyOne(),
        _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "No such strategy."),
    };

    /// <summary>Whether the next destination is tried after <paramref name="result"/>.</summary>
    public virtual bool GoesOnAfter(ExportResult result) => true;

    /// <summary>The verdict. No destination at all is never a success.</summary>
    /// <param name="results">What the destinations that ran gave.</param>
    /// <param name="planned">How many destinations there were to run.</param>
    public abstract bool IsSatisfiedBy(IReadOnlyCollection<ExportResult> results, int planned);

    private sealed class EveryOne : StrategyRule
    {
        public override bool IsSatisfiedBy(IReadOnlyCollection<ExportResult> results, int planned) =>
            planned > 0 && results.Count == planned && results.All(result => result.Success);
    }

    private class AnyOne : StrategyRule
    {
        public override bool IsSatisfiedBy(IReadOnlyCollection<ExportResult> results, int planned) => results.Any(result => result.Success);
    }

    private sealed class UntilOne : AnyOne
    {
        public override bool GoesOnAfter(ExportResult result) => !result.Success;
    }
}
