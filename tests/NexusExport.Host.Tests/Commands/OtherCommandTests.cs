using System.Text.Json;

namespace NexusExport.Host.Tests.Commands;

public sealed class OtherCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly HostRunner _host;

    public OtherCommandTests() => _host = new HostRunner(_folder.Path);

    [Fact]
    public async Task Log_WithoutADatabase_IsEmpty()
    {
        var output = await _host.RunAsync("log");

        Assert.Equal(0, output.ExitCode);
        Assert.Empty(output.Out);
    }

    [Fact]
    public async Task Log_AfterAnExport_HasARowForEachRecord()
    {
        await _host.RunAsync("export", SampleRecords.Write(_folder["records"], 3));

        var all = await _host.RunAsync("log", "--json");
        var one = await _host.RunAsync("log", "--session", "2", "--since", "2020-01-01", "--first", "5");
        var failed = await _host.RunAsync("log", "--failed");

        Assert.Equal(3, all.Lines.Count);
        Assert.All(all.Lines, line => Assert.True(JsonDocument.Parse(line).RootElement.GetProperty("success").GetBoolean()));
        Assert.Equal(["yes", "2"], Assert.Single(one.Lines).Split('\t')[1..3], StringComparer.Ordinal);
        Assert.Empty(failed.Out);
    }

    [Fact]
    public async Task Export_WithAScriptPlugin_ReportsItAsNotAvailableAndTheOthersGoOn()
    {
        _folder.Write("nexus-export.yaml", "destinations: { archive: { type: local, base_path: out } }\n");
        _folder.Write("plugins/lab.ps1", "@{ Export = { } }");

        var output = await _host.RunAsync("export", SampleRecords.Write(_folder["records"], 1));

        Assert.Equal(0, output.ExitCode);
        Assert.Contains("lab.ps1 is not available: it is a script, which needs PowerShell", output.Error, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFiles(_folder["out"]));
    }

    [Fact]
    public async Task Test_TheDefaultArchive_Succeeds()
    {
        var output = await _host.RunAsync("test", "--json");

        Assert.Equal(0, output.ExitCode);
        Assert.True(JsonDocument.Parse(output.Lines[0]).RootElement.GetProperty("success").GetBoolean());
    }

    [Fact]
    public async Task Test_AnUnusableArchive_ReturnsOneAndQuietPrintsNothing()
    {
        var config = _folder.Write("lab.yaml", $"""
            destinations:
              archive:
                type: local
                base_path: {_folder.Write("a-file", "not a folder")}
            """);

        var told = await _host.RunAsync("test", "archive", "--config", config);
        var quiet = await _host.RunAsync("test", "--quiet", "--config", config);

        Assert.Equal((1, 1), (told.ExitCode, quiet.ExitCode));
        Assert.Contains("archive", told.Out, StringComparison.Ordinal);
        Assert.Empty(quiet.Out);
    }

    [Fact]
    public async Task Test_UnknownName_ReturnsTwoAndNamesTheKnownOnes()
    {
        var output = await _host.RunAsync("test", "nowhere");

        Assert.Equal(2, output.ExitCode);
        Assert.Contains("There are: ", output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpdateDatabase_WhatIf_ShowsStepsAndMakesNoFile()
    {
        var output = await _host.RunAsync("update-database", "--what-if");

        Assert.Equal(0, output.ExitCode);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "nexus-export.db")));
    }

    [Fact]
    public async Task UpdateDatabase_Twice_HasNothingToDoTheSecondTime()
    {
        await _host.RunAsync("update-database");

        var output = await _host.RunAsync("update-database");

        Assert.Equal(0, output.ExitCode);
        Assert.Empty(output.Out);
        Assert.Contains("up to date", output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfigShow_WithASecret_MasksItAndNamesItsSource()
    {
        _host.Variables["NX_CDCS_URL"] = "https://cdcs.example.org";
        _host.Variables["NX_CDCS_TOKEN"] = "s3cr3t-t0ken";

        var output = await _host.RunAsync("config", "show");

        Assert.Equal(0, output.ExitCode);
        Assert.Contains("NX_CDCS_TOKEN", output.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t-t0ken", output.Out + output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfigNew_Twice_DoesNotReplaceTheFile()
    {
        var first = await _host.RunAsync("config", "new");
        var second = await _host.RunAsync("config", "new");
        var shown = await _host.RunAsync("config", "show");

        Assert.Equal((0, 2, 0), (first.ExitCode, second.ExitCode, shown.ExitCode));
        Assert.Equal(Path.Combine(_folder.Path, "nexus-export.yaml"), Assert.Single(first.Lines));
        Assert.Contains("CONFIGURATION_EXISTS", second.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
