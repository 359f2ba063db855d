namespace NexusExport.Routing.Plugins;

/// <summary>What a script threw, before it is known what that means for a destination.</summary>
public sealed class ScriptPluginException : Exception
{
    /// <param name="message">What the script said.</param>
    /// <param name="thrown">Members of the thrown object (Code, Message, Recoverable, …), by name; null where it was a text or an exception.</param>
    /// <param name="innerException">The exception behind it; null if the script threw something else.</param>
    public ScriptPluginException(string message, IReadOnlyDictionary<string, object?>? thrown = null, Exception? innerException = null)
        : base(message, innerException) => Thrown = thrown ?? new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Members of the thrown object.</summary>
    public IReadOnlyDictionary<string, object?> Thrown { get; }
}
