using System.Globalization;
using NexusExport.Host.Reporting;

namespace NexusExport.Host.Tests.Reporting;

public sealed class RecentResultsTests
{
    [Fact]
    public void Add_MoreThanFit_KeepsFailuresAndTheLatest()
    {
        var results = new RecentResults(capacity: 3);
        results.Add(Results.Of(ExportStatus.Failed, "bad"));
        for (var session = 1; session <= 1000; session++)
        {
            results.Add(Results.Of(ExportStatus.Exported, session.ToString(CultureInfo.InvariantCulture)));
        }

        Assert.Equal(["bad", "999", "1000"], results.Kept.Select(result => result.SessionIdentifier), StringComparer.Ordinal);
        Assert.Equal(1001, results.Seen);
    }

    [Fact]
    public void Add_OnlyFailures_KeepsTheLatest()
    {
        var results = new RecentResults(capacity: 2);
        foreach (var session in (string[])["1", "2", "3"])
        {
            results.Add(Results.Of(ExportStatus.Failed, session));
        }

        Assert.Equal(["2", "3"], results.Kept.Select(result => result.SessionIdentifier), StringComparer.Ordinal);
    }
}
