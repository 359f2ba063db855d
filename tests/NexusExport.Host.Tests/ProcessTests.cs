using System.Globalization;

namespace NexusExport.Host.Tests;

/// <summary>What can only be seen from outside: redirected streams, signals, exit codes of the real program.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Export_Redirected_WritesNoEscapeSequences()
    {
        var output = await HostProcess.RunAsync(_folder.Path, "export", SampleRecords.Write(_folder["records"], 3));

        Assert.Equal(0, output.ExitCode);
        Assert.Equal(3, output.Lines.Count);
        Assert.DoesNotContain('\e', output.Out + output.Error);
    }

    [Fact]
    public async Task Export_MissingPath_ExitsWithTwo()
    {
        var output = await HostProcess.RunAsync(_folder.Path, "export", "absent");

        Assert.Equal(2, output.ExitCode);
    }

    [UnixTheory]
    [InlineData(2, 130)]
    [InlineData(15, 143)]
    public async Task Export_ASignal_StopsCleanlyAndARerunDoesTheRest(int signal, int exitCode)
    {
        var records = SampleRecords.Write(_folder["records"], 200);
        using var host = HostProcess.Start(_folder.Path, "export", records, "--throttle-limit", "1");
        await host.Out.ReadLineAsync();
        Signals.Send(host.Id, signal);
        var stopped = await host.EndAsync();

        var rest = await HostProcess.RunAsync(_folder.Path, "export", records);

        Assert.Equal(exitCode, stopped.ExitCode);
        Assert.Contains("Stopped on request", stopped.Error, StringComparison.Ordinal);
        Assert.Equal(0, rest.ExitCode);
        Assert.Equal(200, Directory.GetFiles(_folder["exports"]).Length);
        var done = rest.Lines.Count(line => line.StartsWith("AlreadyExported ", StringComparison.Ordinal));
        Assert.True(done is > 0 and < 200, string.Create(CultureInfo.InvariantCulture, $"{done} of 200 were done before"));
    }

    public void Dispose() => _folder.Dispose();
}
