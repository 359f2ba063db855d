namespace NexusExport.Host.Output;

/// <summary>What the program could not tell. May be used by several threads.</summary>
internal sealed class LostReports
{
    /// <summary>Why the first of them was lost; null while everything could be told.</summary>
    public string? Reason { get; private set; }

    /// <summary>Remembers that something was lost.</summary>
    /// <param name="what">What could not be written, as the beginning of a sentence: "Standard output".</param>
    /// <param name="exception">Why.</param>
    public void Add(string what, Exception exception) => Reason ??= $"{what} could not be written: {exception.Message.TrimEnd('.')}.";
}
