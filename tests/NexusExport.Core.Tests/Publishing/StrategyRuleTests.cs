using NexusExport.Configuration;
using NexusExport.Publishing;

namespace NexusExport.Tests.Publishing;

/// <summary>Every combination of success and failure of up to four destinations, for every strategy, against the definition in words.</summary>
public sealed class StrategyRuleTests
{
    public static TheoryData<ExportStrategy, string> Combinations()
    {
        var data = new TheoryData<ExportStrategy, string>();
        foreach (var strategy in Enum.GetValues<ExportStrategy>())
        {
            for (var count = 0; count <= 4; count++)
            {
                for (var bits = 0; bits < 1 << count; bits++)
                {
                    data.Add(strategy, string.Concat(Enumerable.Range(0, count).Select(index => (bits >> index & 1) == 1 ? 'S' : 'F')));
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Run_EveryCombination_TriesAndJudgesAsDefined(ExportStrategy strategy, string outcomes)
    {
        var rule = StrategyRule.For(strategy);
        var results = new List<ExportResult>();
        foreach (var outcome in outcomes)
        {
            results.Add(Result(outcome));
            if (!rule.GoesOnAfter(results[^1]))
            {
                break;
            }
        }

        var firstSuccess = outcomes.IndexOf('S', StringComparison.Ordinal);
        var (tried, succeeded) = strategy switch
        {
            ExportStrategy.All => (outcomes.Length, outcomes.Length > 0 && firstSuccess >= 0 && !outcomes.Contains('F', StringComparison.Ordinal)),
            ExportStrategy.FirstSuccess => (firstSuccess < 0 ? outcomes.Length : firstSuccess + 1, firstSuccess >= 0),
            _ => (outcomes.Length, firstSuccess >= 0),
        };
        Assert.Equal(tried, results.Count);
        Assert.Equal(succeeded, rule.IsSatisfiedBy(results, outcomes.Length));
    }

    [Fact]
    public void IsSatisfiedBy_AllWithADestinationNotTried_IsNot() =>
        Assert.False(StrategyRule.For(ExportStrategy.All).IsSatisfiedBy([Result('S')], planned: 2));

    [Theory]
    [InlineData(ExportStrategy.All, "cdcs local share", "cdcs local share", "")]
    [InlineData(ExportStrategy.BestEffort, "cdcs local share", "cdcs local share", "")]
    [InlineData(ExportStrategy.FirstSuccess, "local", "cdcs", "local share")]
    public void Narrow_WhereOneHasTheRecord_LeavesWhatMatters(ExportStrategy strategy, string narrowed, string shown, string fallbacks)
    {
        var rule = StrategyRule.For(strategy);
        IReadOnlyList<string> names = ["cdcs", "local", "share"];

        Assert.Equal(narrowed, string.Join(' ', rule.Narrow(names, name => name == "local")));
        Assert.Equal(names, rule.Narrow(names, _ => false));
        Assert.Equal(shown, string.Join(' ', rule.WithoutFailures(names)));
        Assert.Equal(fallbacks, string.Join(' ', rule.FallbacksOf("cdcs", names)));
    }

    [Theory]
    [InlineData("all", ExportStrategy.All)]
    [InlineData("ALL", ExportStrategy.All)]
    [InlineData("first_success", ExportStrategy.FirstSuccess)]
    [InlineData("FirstSuccess", ExportStrategy.FirstSuccess)]
    [InlineData("best-effort", ExportStrategy.BestEffort)]
    [InlineData(" best_effort ", ExportStrategy.BestEffort)]
    public void TryParse_EitherSpelling_IsRead(string text, ExportStrategy expected)
    {
        Assert.True(ExportStrategyName.TryParse(text, out var strategy));
        Assert.Equal(expected, strategy);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("some")]
    [InlineData("All,BestEffort")]
    public void TryParse_AnythingElse_IsRefused(string? text) => Assert.False(ExportStrategyName.TryParse(text, out _));

    private static ExportResult Result(char outcome) => new()
    {
        SessionIdentifier = "31",
        DestinationName = "d",
        Status = outcome == 'S' ? ExportStatus.Exported : ExportStatus.Failed,
        Timestamp = DateTimeOffset.UnixEpoch,
    };
}
