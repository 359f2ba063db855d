using NexusExport.PowerShell.Pumping;

namespace NexusExport.PowerShell.Tests;

/// <summary>Writes down what is written, and on which thread; throws when told, as PowerShell's streams do.</summary>
internal sealed class FakeStreams : ICmdletStreams
{
    public List<object> Objects { get; } = [];
    public List<(ExportFault Fault, object? Target)> Errors { get; } = [];
    public List<string> Texts { get; } = [];
    public List<PumpProgress> Progress { get; } = [];
    public HashSet<int> Threads { get; } = [];

    /// <summary>Called before an object is taken.</summary>
    public Action<object>? OnObject { get; set; }

    public void WriteObject(object value)
    {
        OnObject?.Invoke(value);
        Add(Objects, value);
    }

    public void WriteError(ExportFault fault, object? target) => Add(Errors, (fault, target));

    public void WriteWarning(string text) => Add(Texts, "warning: " + text);

    public void WriteVerbose(string text) => Add(Texts, "verbose: " + text);

    public void WriteDebug(string text) => Add(Texts, "debug: " + text);

    public void WriteSummary(ExportTally tally) => Add(Texts, "summary: " + tally);

    public void WriteProgress(PumpProgress progress) => Add(Progress, progress);

    private void Add<T>(List<T> list, T item)
    {
        Threads.Add(Environment.CurrentManagedThreadId);
        list.Add(item);
    }
}
