namespace NexusExport.Publishing;

/// <summary>Everything that a strategy decides: where a record goes, whether it goes on after a result, and whether it has succeeded.</summary>
internal abstract class StrategyRule
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

    /// <summary>The destinations that matter, once it is known which have the record.</summary>
    /// <param name="names">Destinations in running order.</param>
    /// <param name="isThere">Whether one has the record.</param>
    public virtual IReadOnlyList<string> Narrow(IReadOnlyList<string> names, Func<string, bool> isThere) => names;

    /// <summary>Those of <paramref name="names"/> that would be tried if nothing fails.</summary>
    public virtual IReadOnlyList<string> WithoutFailures(IReadOnlyList<string> names) => names;

    /// <summary>Those of <paramref name="names"/> that would be tried after <paramref name="name"/> only if it fails.</summary>
    public virtual IReadOnlyList<string> FallbacksOf(string name, IReadOnlyList<string> names) => [];

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
        // One destination that has it is all that this strategy asks for: nothing is missing then, whatever its priority.
        public override IReadOnlyList<string> Narrow(IReadOnlyList<string> names, Func<string, bool> isThere) =>
            names.FirstOrDefault(isThere) is { } satisfied ? [satisfied] : names;

        public override IReadOnlyList<string> WithoutFailures(IReadOnlyList<string> names) => [.. names.Take(1)];

        public override IReadOnlyList<string> FallbacksOf(string name, IReadOnlyList<string> names) =>
            [.. names.SkipWhile(other => other != name).Skip(1)];

        public override bool GoesOnAfter(ExportResult result) => !result.Success;
    }
}
