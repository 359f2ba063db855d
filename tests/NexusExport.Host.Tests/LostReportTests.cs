namespace NexusExport.Host.Tests;

/// <summary>What cannot be told must not keep what can be done from being done.</summary>
public sealed class LostReportTests : IDisposable
{
    private const int Count = 20;

    private readonly TempFolder _folder = new();

    [UnixTheory]
    [InlineData("2>/dev/full")]
    [InlineData(">/dev/full")]
    [InlineData(">/dev/full 2>/dev/full")]
    [InlineData("2>&-")]
    [InlineData(">&-")]
    [InlineData("<&- >&- 2>&-")]
    public async Task Export_StreamsThatTakeNothing_ExportsAndLogsAllAndEndsWithThree(string redirections)
    {
        var records = SampleRecords.Write(_folder["records"], Count);
        using var host = HostProcess.StartRedirected(redirections, _folder.Path, "export", records);
        var output = await host.EndAsync();

        Assert.Equal(3, output.ExitCode);
        await AssertAllDoneAsync();
    }

    [UnixFact]
    public async Task Export_OutputFull_SaysSoOnStandardError()
    {
        using var host = HostProcess.StartRedirected(">/dev/full", _folder.Path, "export", SampleRecords.Write(_folder["records"], 1), "--log-format", "json");
        var output = await host.EndAsync();

        Assert.All(output.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => System.Text.Json.JsonDocument.Parse(line).Dispose());
        Assert.Contains("Standard output could not be written: No space left", output.Error, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task Export_AReaderThatLeaves_ExportsTheRestAndEndsWithThree()
    {
        var records = SampleRecords.Write(_folder["records"], Count);
        using var host = HostProcess.Start(_folder.Path, "export", records, "--throttle-limit", "1");
        await host.Out.ReadLineAsync();
        host.Out.Close();

        Assert.Equal(3, await host.ExitCodeAsync());
        await AssertAllDoneAsync();
    }

    [UnixFact]
    public async Task Log_AReaderThatLeaves_StopsReading()
    {
        await HostProcess.RunAsync(_folder.Path, "export", SampleRecords.Write(_folder["records"], Count));
        using var host = HostProcess.StartRedirected("| head -n 1", _folder.Path, "log", "--json");
        var output = await host.EndAsync();

        Assert.Single(output.Lines);
    }

    [UnixTheory]
    [InlineData("export absent 2>/dev/full", 2)]
    [InlineData("--help >/dev/full", 3)]
    [InlineData("--mistake 2>&-", 2)]
    public async Task AnyCommand_StreamsThatTakeNothing_NeverAborts(string commandLine, int exitCode)
    {
        using var host = HostProcess.StartRedirected(commandLine, _folder.Path);

        Assert.Equal(exitCode, (await host.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Export_ATitleWithHalfACharacter_DoesTheOthers()
    {
        var records = SampleRecords.Write(_folder["records"], 3);
        _folder.Write("records/2026-01-23_FEI-Titan-TEM_9.xml", SampleRecords.Xml(9).Replace("<title>", "<title>&#xD800;", StringComparison.Ordinal));

        var output = await HostProcess.RunAsync(_folder.Path, "export", records);

        Assert.Equal(1, output.ExitCode);
        Assert.Equal(3, output.Lines.Count(line => line.StartsWith("Exported ", StringComparison.Ordinal)));
        Assert.Contains("\\uD800", output.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', output.Error);
    }

    public void Dispose() => _folder.Dispose();

    private async Task AssertAllDoneAsync()
    {
        var log = await HostProcess.RunAsync(_folder.Path, "log");

        Assert.Equal(Count, Directory.GetFiles(_folder["exports"]).Length);
        Assert.Equal(Count, log.Lines.Count);
    }
}
