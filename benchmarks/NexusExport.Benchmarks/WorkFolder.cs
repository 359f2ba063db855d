namespace NexusExport.Benchmarks;

/// <summary>A folder for everything that the benchmark writes; gone afterwards.</summary>
internal sealed class WorkFolder(string parent) : IDisposable
{
    private readonly string _path = Directory.CreateDirectory(Path.Combine(parent, $"nexus-export-benchmark-{Environment.ProcessId}")).FullName;
    private int _runs;

    /// <summary>Full path of something in it.</summary>
    public string this[string name] => Path.Combine(_path, name);

    /// <summary>A new empty folder: every run has a database and an archive of its own.</summary>
    public string NewRun() => Directory.CreateDirectory(Path.Combine(_path, $"run-{++_runs}")).FullName;

    /// <summary>Removes what a run left, so that a long benchmark does not fill the disk.</summary>
    public static void Remove(string run) => Directory.Delete(run, recursive: true);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
