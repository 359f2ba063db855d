using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;

namespace NexusExport.Host.Tests;

/// <summary>A second after the first signal the program is gone, whatever it waits for.</summary>
public sealed class StopTests : IDisposable
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(1);

    private readonly TempFolder _folder = new();

    [UnixTheory]
    [InlineData(Signals.Interrupt, 130)]
    [InlineData(Signals.Terminate, 143)]
    public async Task Export_OutputThatNobodyReads_IsGoneAfterASecond(int signal, int exitCode)
    {
        var records = SampleRecords.Write(_folder["records"], 1500);
        using var host = HostProcess.Start(_folder.Path, "export", records, "--json");
        await host.Out.ReadLineAsync();
        await UntilIdleAsync(host);

        await AssertGoneAsync(host, signal, exitCode);
    }

    [UnixFact]
    public async Task Export_ADatabaseThatAnotherProgramHolds_IsGoneAfterASecond()
    {
        var records = SampleRecords.Write(_folder["records"], 1);
        await HostProcess.RunAsync(_folder.Path, "export", records);
        await using var connection = new SqliteConnection($"Data Source={_folder["nexus-export.db"]};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN EXCLUSIVE";
        await command.ExecuteNonQueryAsync();
        using var host = HostProcess.Start(_folder.Path, "export", records, "--force");
        await UntilIdleAsync(host);

        await AssertGoneAsync(host, Signals.Terminate, 143);
    }

    [UnixTheory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task Export_AServerThatSaysNothing_IsGoneAfterASecond(string scheme)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var config = _folder.Write("lab.yaml", $"""
            destinations:
              cdcs: {"{"} type: cdcs, url: "{scheme}://{silent.LocalEndpoint}", token: abc, timeout_ms: 60000 {"}"}
            """);
        using var host = HostProcess.Start(_folder.Path, "export", SampleRecords.Write(_folder["records"], 3), "--config", config);
        using var accepted = await silent.AcceptTcpClientAsync();

        await AssertGoneAsync(host, Signals.Terminate, 143);
    }

    public void Dispose() => _folder.Dispose();

    // It hangs when it has done nothing for a while: until then a signal may find it busy with what it can stop.
    private static async Task UntilIdleAsync(HostProcess host)
    {
        var limit = Stopwatch.StartNew();
        TimeSpan before;
        do
        {
            before = host.ProcessorTime;
            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }
        while ((host.ProcessorTime - before > TimeSpan.FromMilliseconds(20) || before == TimeSpan.Zero) && limit.Elapsed < TimeSpan.FromSeconds(30));
    }

    private static async Task AssertGoneAsync(HostProcess host, int signal, int exitCode)
    {
        var watch = Stopwatch.StartNew();
        Signals.Send(host.Id, signal);

        Assert.Equal(exitCode, await host.ExitCodeAsync());
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Promised);
    }
}
