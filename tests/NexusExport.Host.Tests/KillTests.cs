using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using NexusExport.Fakes.Cdcs;
using Xunit.Abstractions;

namespace NexusExport.Host.Tests;

/// <summary>
/// The program is killed (SIGKILL) at ten random moments of a run over 200 records to two destinations. NEXUSEXPORT_TEST_KILLS,
/// _RECORDS and _SEED make the run larger or repeat it.
/// </summary>
public sealed class KillTests(ITestOutputHelper log) : IAsyncLifetime, IDisposable
{
    private const int ServerLatencyMs = 25;
    private const int Concurrency = 4;

    private readonly TempFolder _folder = new();
    private readonly int _kills = Setting("KILLS", 10);
    private readonly int _count = Setting("RECORDS", 200);
    private readonly int _seed = Setting("SEED", RandomNumberGenerator.GetInt32(int.MaxValue));
    private FakeCdcs? _cdcs;

    [Fact]
    public async Task Export_KilledAtTenRandomMoments_HasEveryRecordExactlyOnce()
    {
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"NEXUSEXPORT_TEST_SEED={_seed}"));
        var records = SampleRecords.Write(_folder["records"], _count);
        var config = WriteConfiguration();

        var kills = await KillAsync(records, config);
        var last = await HostProcess.RunAsync(_folder.Path, "export", records, "--config", config, "--strategy", "all");

        Assert.Equal(_kills, kills);
        Assert.True(last.ExitCode == 0, last.Error);
        AssertArchive(records);
        AssertCdcs(records);
        AssertJournal();
    }

    public async Task InitializeAsync() => _cdcs = await FakeCdcs.StartAsync(new FakeCdcsOptions { LatencyMs = ServerLatencyMs });

    public async Task DisposeAsync() => await _cdcs!.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    private static int Setting(string name, int value) =>
        int.TryParse(Environment.GetEnvironmentVariable("NEXUSEXPORT_TEST_" + name), CultureInfo.InvariantCulture, out var set) ? set : value;

    // A kill while the process still starts would hit nothing: the random wait begins with its first result.
    private async Task<int> KillAsync(string records, string config)
    {
        var random = new Random(_seed);
        var kills = 0;
        for (var round = 0; round < _kills; round++)
        {
            using var host = HostProcess.Start(_folder.Path, "export", records, "--config", config, "--strategy", "all");
            string? line;
            do
            {
                line = await host.Out.ReadLineAsync();
            }
            while (line?.StartsWith("AlreadyExported ", StringComparison.Ordinal) == true);

            await Task.Delay(random.Next(LongestWait(_kills - round)));
            kills += host.Kill() ? 1 : 0;
            await host.EndAsync();
            log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"after kill {round + 1}: {_cdcs!.Records.Count} at the CDCS"));
        }

        return kills;
    }

    // Long enough that the kills spread over the whole run, and short enough that the run cannot end before the last of them.
    private int LongestWait(int killsLeft) => (int)((_count - _cdcs!.Records.Count) * ServerLatencyMs / Concurrency * 1.5 / (killsLeft + 1));

    private string WriteConfiguration() => _folder.Write("lab.yaml", $"""
        database:
          path: {_folder["journal.db"]}
        destinations:
          archive:
            type: local
            priority: 80
            base_path: {_folder["archive"]}
          cdcs:
            type: cdcs
            priority: 100
            url: {_cdcs!.BaseUrl}
            token: {_cdcs.Token}
        """);

    private void AssertArchive(string records)
    {
        // A process that is killed leaves the temporary file it was writing; it has a hidden name and is no record.
        var archived = Names(Directory.GetFileSystemEntries(_folder["archive"])).Where(name => !name.StartsWith('.'));
        Assert.Equal(Names(Directory.GetFiles(records)), archived, StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(records))
        {
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(_folder["archive"], Path.GetFileName(file))));
        }
    }

    private void AssertCdcs(string records)
    {
        var expected = Directory.GetFiles(records).Select(File.ReadAllBytes).Select(Convert.ToHexString);
        var actual = _cdcs!.Records.Select(record => Convert.ToHexString(record.Content));
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.All(_cdcs.Records, record => Assert.Equal(FakeCdcs.WorkspaceId, record.Workspace));
    }

    private void AssertJournal()
    {
        Assert.Equal((_count * 2L, _count * 2L), Rows("""
            SELECT count(*), count(DISTINCT session_identifier || ' ' || destination_name) FROM upload_log WHERE success = 1
            """));
        Assert.Equal((_count * 2L, 0L), Rows("SELECT count(*), count(*) FILTER (WHERE status <> 'completed') FROM export_jobs"));
    }

    private (long First, long Second) Rows(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder["journal.db"]};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private static IEnumerable<string> Names(IEnumerable<string> paths) => paths.Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
}
