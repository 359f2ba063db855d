using System.Text.RegularExpressions;

namespace NexusExport.Tests;

/// <summary>What a whole run has the system put onto the disk, and when, as its system calls show.</summary>
[RequiresTracing]
public sealed partial class PowerCutTests : IDisposable
{
    private readonly FolderLab _lab = new();
    private readonly string _uploaded = Path.Combine(RequiresTracingAttribute.OtherVolume, $"nexus-export-{Guid.NewGuid():n}");

    public void Dispose()
    {
        _lab.Dispose();
        if (Directory.Exists(_uploaded))
        {
            Directory.Delete(_uploaded, recursive: true);
        }
    }

    [Fact]
    public async Task Run_ThatExportsAndMovesARecord_HasEachThingOnTheDiskBeforeTheNextReliesOnIt()
    {
        _lab.Configure($"records: {{ path: records, uploaded: {_uploaded} }}\ndestinations: {{ local: {{ base_path: archive }} }}\n");
        _lab.Write("records/2026-01-12_T_1.xml", "text");

        var calls = await TraceAsync("export");

        // The archive: content, name, then the folder that has it; then the journal knows; then the record goes, once its copy is whole.
        var archive = Path.Combine(_lab.Path, "archive");
        var record = Path.Combine(_lab.Path, "records", "2026-01-12_T_1.xml");
        var place = 0;
        Follow(call => call.IsFlush && call.Path.StartsWith(archive + "/.nexus-export-", StringComparison.Ordinal));
        Follow(call => !call.IsFlush && call.Text.Contains($"{archive}/2026-01-12_T_1.xml\"", StringComparison.Ordinal));
        Follow(call => call.IsFlush && call.Path == archive);
        Follow(call => call.IsFlush && call.Path == _lab.Database + "-wal");
        Follow(call => call.IsFlush && call.Path.StartsWith(_uploaded + "/.nexus-export-", StringComparison.Ordinal));
        Follow(call => !call.IsFlush && call.Text.Contains($"{_uploaded}/2026-01-12_T_1.xml\"", StringComparison.Ordinal));
        Follow(call => call.IsFlush && call.Path == _uploaded + "/2026-01-12_T_1.xml");
        Follow(call => !call.IsFlush && call.Text.Contains($"(\"{record}\"", StringComparison.Ordinal));

        void Follow(Predicate<Call> expected, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(expected))] string what = "")
        {
            var found = calls.FindIndex(place, expected);
            Assert.True(found >= 0, $"Nothing like {what} after the first {place} of\n{string.Join('\n', calls.Select(call => call.Text))}");
            place = found + 1;
        }
    }

    [GeneratedRegex("^[0-9]+ +(?<flush>fsync|fdatasync)\\([0-9]+<(?<path>[^>]*)>", RegexOptions.NonBacktracking)]
    private static partial Regex Flush();

    private async Task<List<Call>> TraceAsync(params string[] arguments)
    {
        var trace = _lab["trace"];
        var (code, output) = await HostProgram.RunUnderAsync(
            ["strace", "-f", "-qq", "-y", "-s", "4096", "-e", "trace=fsync,fdatasync,?rename,renameat,renameat2,?link,linkat", "-o", trace], _lab.Path, arguments);
        Assert.True(code == 0, output);
        return [.. (await File.ReadAllLinesAsync(trace)).Where(line => !line.Contains("EXDEV", StringComparison.Ordinal)).Select(Read)];
    }

    private static Call Read(string line) => new(line, Flush().Match(line) is { Success: true } flush ? flush.Groups["path"].Value : "");

    private sealed record Call(string Text, string Path)
    {
        public bool IsFlush => Path.Length > 0;
    }
}
