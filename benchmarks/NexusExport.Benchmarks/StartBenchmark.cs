using System.ComponentModel;

namespace NexusExport.Benchmarks;

/// <summary>
/// What a fresh process takes, as scheduled jobs start it: the packaged program (and module) beside the time in which it tells its version.
/// Several folders may be given, to compare what was with what is; their runs are interleaved.
/// </summary>
internal sealed class StartBenchmark(BenchmarkOptions options, WorkFolder work, MarkdownReport report)
{
    private const int Records = 200;
    private const int RecordBytes = 91_000;

    private static readonly string[] ProgramNames = ["nexus-export", "nexus-export.exe"];

    /// <summary>Measures and prints; says so where there is no program or no pwsh.</summary>
    public async Task RunAsync()
    {
        var one = RecordSet.CreateEqual(work["one"], 1, 15_000);
        var many = RecordSet.CreateEqual(work["many"], Records, RecordBytes);
        foreach (var folder in options.Programs.Where(folder => ProgramIn(folder) is null))
        {
            report.Text($"No nexus-export in {folder}: ./build.ps1 -Task Package makes it.");
        }

        var programs = options.Programs.Where(folder => ProgramIn(folder) is not null).ToList();
        var modules = options.Modules.Where(folder => File.Exists(Manifest(folder))).ToList();
        await MeasureAsync("nexus-export", programs, one, many, (folder, _) => [ProgramIn(folder)!, "--version"], (folder, records) => [ProgramIn(folder)!, "export", records]);
        try
        {
            await MeasureAsync("pwsh", modules, one, many, (_, _) => Shell("exit 0"), (folder, records) =>
                Shell($"Import-Module '{Manifest(folder)}'; Get-Record '{records}' | Invoke-RecordExport -InformationAction Ignore | Out-Null; exit 0"));
        }
        catch (Win32Exception)
        {
            report.Text("PowerShell: skipped, pwsh was not found.");
        }
    }

    private async Task MeasureAsync(
        string title, List<string> folders, string one, string many, Func<string, string, string[]> nothing, Func<string, string, string[]> export)
    {
        var runs = folders.ConvertAll(_ => new[] { new List<TimedProcess>(), [], [] });
        for (var round = 0; round <= options.Rounds; round++)
        {
            for (var index = 0; index < folders.Count; index++)
            {
                string[][] commands = [nothing(folders[index], ""), export(folders[index], one), export(folders[index], many)];
                for (var part = 0; part < commands.Length; part++)
                {
                    runs[index][part].Add(await RunAsync(commands[part]));
                }
            }
        }

        report.Table(
            $"{title} in a fresh process: the shortest of {options.Rounds + 1} runs",
            ["From", title == "pwsh" ? "empty, ms" : "--version, ms", "1 record, ms", "ratio", $"{Records} records of 91 kB, ms", "ratio", "CPU ms: 1 record", "each MB more"],
            folders.ConvertAll<IReadOnlyList<string>>(folder => Row(folder, [.. runs[folders.IndexOf(folder)].Select(TimedProcess.Best)])));
    }

    private static string[] Row(string folder, TimedProcess[] best)
    {
        var (nothing, one, many) = (best[0], best[1], best[2]);
        return
        [
            folder,
            MarkdownReport.Number(nothing.Elapsed.TotalMilliseconds, 0),
            MarkdownReport.Number(one.Elapsed.TotalMilliseconds, 0),
            MarkdownReport.Number(one.Elapsed / nothing.Elapsed, 1),
            MarkdownReport.Number(many.Elapsed.TotalMilliseconds, 0),
            MarkdownReport.Number(many.Elapsed / nothing.Elapsed, 1),
            MarkdownReport.Number(one.Processor.TotalMilliseconds, 0),
            MarkdownReport.Number((many.Processor - one.Processor).TotalMilliseconds / (Records * RecordBytes / 1e6), 1),
        ];
    }

    // Every run has a database and an archive of its own. They are removed at the end, not in between: a file system that has just
    // deleted thousands of files is slow at making new ones.
    private async Task<TimedProcess> RunAsync(string[] command)
    {
        var run = work.NewRun();
        await File.WriteAllTextAsync(
            Path.Combine(run, "nexus-export.yaml"), "database: { path: journal.db }\ndestinations: { archive: { type: local, base_path: archive } }\n");
        return await TimedProcess.RunAsync(run, command[0], command[1..]);
    }

    private static string[] Shell(string command) => ["pwsh", "-NoProfile", "-NonInteractive", "-Command", command];

    private static string Manifest(string folder) => Path.Combine(Path.GetFullPath(folder), "NexusExport.psd1");

    private static string? ProgramIn(string folder) => ProgramNames
        .Select(name => Path.Combine(Path.GetFullPath(folder), name))
        .FirstOrDefault(File.Exists);
}
