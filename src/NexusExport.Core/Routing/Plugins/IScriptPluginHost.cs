namespace NexusExport.Routing.Plugins;

/// <summary>
/// Runs script plugins where PowerShell is: the cmdlets on their pipeline thread. What scripts return comes as null, string, bool, number,
/// <see cref="ScriptCode"/>, a list of these, or a dictionary with case-insensitive keys (a hashtable or an object with properties).
/// </summary>
public interface IScriptPluginHost
{
    /// <summary>Runs a script file on the calling thread and gives what it wrote. Throws <see cref="ScriptPluginException"/>.</summary>
    IReadOnlyList<object?> RunFile(string path);

    /// <summary>
    /// Runs a script block with one argument, after those that wait already, and gives what it wrote. An error that the script does not
    /// handle ends it. Throws <see cref="ScriptPluginException"/>, and TimeoutException where it has run for longer than
    /// <paramref name="limit"/> and was stopped; cancellation ends the waiting at once.
    /// </summary>
    Task<IReadOnlyList<object?>> InvokeAsync(ScriptCode code, object? argument, TimeSpan limit, CancellationToken cancellationToken);
}

/// <summary>A script block, which only its host can read.</summary>
/// <param name="Block">The host's own object.</param>
public sealed record ScriptCode(object Block);
