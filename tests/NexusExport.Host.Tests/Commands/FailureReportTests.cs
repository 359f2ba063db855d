namespace NexusExport.Host.Tests.Commands;

/// <summary>What went wrong is told by its causes: once each, with the number of records and with what helps.</summary>
public sealed class FailureReportTests : IDisposable
{
    private const int Count = 30;

    private readonly TempFolder _folder = new();
    private readonly HostRunner _host;
    private readonly string _records;
    private readonly string _config;

    public FailureReportTests()
    {
        _host = new HostRunner(_folder.Path);
        _records = SampleRecords.Write(_folder["records"], Count);
        _config = _folder.Write("lab.yaml", $"""
            export:
              pipeline:
                max_retries: 1
            destinations:
              good:
                type: local
                base_path: {_folder["good"]}
              full:
                type: local
                base_path: {_folder.Write("a-file", "no folder")}
              other:
                type: local
                base_path: {_folder.Write("another-file", "no folder")}
            """);
    }

    [Theory]
    [InlineData("best_effort", "warning: ")]
    [InlineData("all", "error: ")]
    public async Task Export_TwoDeadDestinations_AreTwoCausesWithTheirCountsAndAdvice(string strategy, string level)
    {
        var output = await _host.RunAsync("export", _records, "--config", _config, "--strategy", strategy);

        var lines = output.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var causes = lines.Where(line => line.StartsWith(level, StringComparison.Ordinal)).ToList();
        Assert.Equal(2, causes.Count);
        Assert.All(causes, cause => Assert.Contains("30 records", cause, StringComparison.Ordinal));
        Assert.InRange(lines.Length, 4, 7);
        Assert.DoesNotContain("See the failed results", output.Error, StringComparison.Ordinal);
        Assert.All(lines.GroupBy(line => line, StringComparer.Ordinal), same => Assert.InRange(same.Count(), 1, 2));
    }

    [Fact]
    public async Task Export_Verbose_TellsEachRecordToo()
    {
        var output = await _host.RunAsync("export", _records, "--config", _config, "--strategy", "all", "--verbose");

        Assert.InRange(output.Error.Split('\n').Count(line => line.Contains("did not satisfy the strategy", StringComparison.Ordinal)), Count, Count);
        Assert.DoesNotContain("See the failed results", output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_ManyFilesThatAreNoRecords_AreOneCause()
    {
        for (var number = 0; number < Count; number++)
        {
            _folder.Write($"strays/{number}.xml", "<x/>");
        }

        var output = await _host.RunAsync("export", Path.Combine(_folder.Path, "strays"));

        Assert.Single(output.Error.Split('\n'), line => line.StartsWith("error: ", StringComparison.Ordinal));
        Assert.Contains("30 records (NOT_A_RECORD)", output.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
