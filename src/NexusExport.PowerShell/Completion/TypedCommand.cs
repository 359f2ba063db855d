using System.Collections;

namespace NexusExport.PowerShell.Completion;

/// <summary>What is already typed of a command.</summary>
/// <param name="Parameters">Its parameters by name, as far as they are literal.</param>
/// <param name="Location">The session's location in the file system.</param>
internal sealed record TypedCommand(IDictionary Parameters, string Location)
{
    /// <summary>A parameter's text; null where it is not given, or is no text.</summary>
    public string? Text(string parameter) => Parameters[parameter] switch
    {
        string text => text,
        IList { Count: > 0 } several => several[0]?.ToString(),
        var other => other?.ToString(),
    };
}
