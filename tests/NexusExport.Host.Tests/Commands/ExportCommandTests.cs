using System.Text.Json;

namespace NexusExport.Host.Tests.Commands;

public sealed class ExportCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _records;
    private readonly HostRunner _host;

    public ExportCommandTests()
    {
        _records = SampleRecords.Write(_folder["records"], 3);
        _host = new HostRunner(_folder.Path);
    }

    [Fact]
    public async Task Export_Twice_SaysAlreadyExportedTheSecondTime()
    {
        var first = await _host.RunAsync("export", _records);
        var second = await _host.RunAsync("export", _records);

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Equal(3, first.Lines.Count(line => line.StartsWith("Exported ", StringComparison.Ordinal)));
        Assert.Equal(3, second.Lines.Count(line => line.StartsWith("AlreadyExported ", StringComparison.Ordinal)));
        Assert.Contains("3 records: 3 exported, 0 already exported, 0 failed", first.Error, StringComparison.Ordinal);
        Assert.Contains("3 records: 0 exported, 3 already exported, 0 failed", second.Error, StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(_folder["exports"]).Length);
    }

    [Fact]
    public async Task Export_Archived_HasTheFilesBytes()
    {
        await _host.RunAsync("export", _records);

        foreach (var file in Directory.GetFiles(_records))
        {
            Assert.Equal(await File.ReadAllBytesAsync(file), await File.ReadAllBytesAsync(Path.Combine(_folder["exports"], Path.GetFileName(file))));
        }
    }

    [Fact]
    public async Task Export_AsJson_IsOneObjectALine()
    {
        var output = await _host.RunAsync("export", _records, "--json");

        Assert.Equal(3, output.Lines.Count);
        var sessions = output.Lines.Select(line =>
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.GetProperty("session_identifier").GetString()!;
        });
        Assert.Equal(["1", "2", "3"], sessions.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Export_LogFormatJson_WritesOnlyJsonToStandardError()
    {
        var output = await _host.RunAsync("export", _records, "--log-format", "json");

        var lines = output.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        Assert.All(lines, line => JsonDocument.Parse(line).Dispose());
        Assert.Contains("\"exported\":3", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_WhatIf_LeavesNoFile()
    {
        var before = Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories);

        var output = await _host.RunAsync("export", _records, "--what-if");

        Assert.Equal(0, output.ExitCode);
        Assert.Equal(3, output.Lines.Count(line => line.StartsWith("Export 2026-", StringComparison.Ordinal)));
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Export_WhatIfWithARecordThatIsRefused_ReturnsOne()
    {
        var bad = _folder.Write("other.xml", """<Experiment xmlns="https://example.org/other"/>""");

        var output = await _host.RunAsync("export", bad, "--what-if");

        Assert.Equal(1, output.ExitCode);
    }

    [Fact]
    public async Task Export_MissingPath_SaysWhichAndSendsNothing()
    {
        var output = await _host.RunAsync("export", _records, "no-such-folder");

        Assert.Equal(2, output.ExitCode);
        Assert.Contains("no-such-folder", output.Error, StringComparison.Ordinal);
        Assert.Contains("RECORD_NOT_FOUND", output.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "exports")));
    }

    [Fact]
    public async Task Export_NoPathAndNothingConfigured_SaysHowToName()
    {
        var output = await _host.RunAsync("export");

        Assert.Equal(2, output.ExitCode);
        Assert.Contains("NX_RECORDS_PATH", output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_NoPath_ReadsTheConfiguredFolder()
    {
        _host.Variables["NX_RECORDS_PATH"] = _records;

        var output = await _host.RunAsync("export");

        Assert.Contains("3 records: 3 exported", output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_AFileThatIsNoRecord_ExportsTheRestAndReturnsOne()
    {
        _folder.Write("records/broken.xml", "<Experiment");

        var output = await _host.RunAsync("export", _records);

        Assert.Equal(1, output.ExitCode);
        Assert.Contains("3 records: 3 exported, 0 already exported, 0 failed, 1 file is no record", output.Error, StringComparison.Ordinal);
        Assert.Contains("broken.xml", output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_AFailingDestinationUnderAll_ReturnsOneAndNamesTheCode()
    {
        var config = _folder.Write("lab.yaml", $"""
            destinations:
              archive:
                type: local
                base_path: {_folder.Write("a-file", "not a folder")}
            """);

        var output = await _host.RunAsync("export", _records, "--config", config, "--strategy", "all");

        Assert.Equal(1, output.ExitCode);
        Assert.Equal(3, output.Lines.Count(line => line.StartsWith("Failed ", StringComparison.Ordinal)));
        Assert.Contains("error: archive (STORAGE_FAILED), 3 records: ", output.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_UnknownDestination_ReturnsTwo()
    {
        var output = await _host.RunAsync("export", _records, "--destination", "nowhere");

        Assert.Equal(2, output.ExitCode);
        Assert.Contains("DESTINATION_NOT_FOUND", output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_MissingConfiguration_ReturnsTwo()
    {
        var output = await _host.RunAsync("export", _records, "--config", "absent.yaml");

        Assert.Equal(2, output.ExitCode);
        Assert.Contains("CONFIGURATION_NOT_FOUND", output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_OnATerminal_EndsWithATableAndTheSummary()
    {
        var output = await new HostRunner(_folder.Path) { OutIsTerminal = true }.RunAsync("export", _records);

        Assert.Equal(0, output.ExitCode);
        Assert.Contains("Destination", output.Out, StringComparison.Ordinal);
        Assert.EndsWith("3 records: 3 exported, 0 already exported, 0 failed", output.Out.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_StoppedBeforehand_ReturnsInterruptedWithOneLine()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        var output = await new HostRunner(_folder.Path) { Stop = stop.Token }.RunAsync("export", _records);

        Assert.Equal(130, output.ExitCode);
        Assert.Contains("Stopped on request", output.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "exports")));
    }

    public void Dispose() => _folder.Dispose();
}
