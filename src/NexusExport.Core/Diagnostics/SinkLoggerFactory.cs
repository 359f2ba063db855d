using Microsoft.Extensions.Logging;
using NexusExport.Security;

namespace NexusExport.Diagnostics;

/// <summary>
/// Carries what Core logs through ILogger to an <see cref="ILogSink"/>. The event's name is the EventId's, else the category's last word;
/// an exception is told by its type and message. Every text goes through the redactor and is made visible.
/// </summary>
/// <param name="sink">Where the entries go.</param>
/// <param name="redactor">Removes secrets; null where there are none.</param>
internal sealed class SinkLoggerFactory(ILogSink sink, SecretRedactor? redactor = null) : ILoggerFactory
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName)
    {
        ArgumentNullException.ThrowIfNull(categoryName);
        return new SinkLogger(sink, redactor, categoryName[(categoryName.LastIndexOf('.') + 1)..]);
    }

    /// <summary>Not supported: there is one sink.</summary>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("Log entries go to one sink only.");

    /// <inheritdoc/>
    public void Dispose()
    {
        // The sink is the caller's.
    }
}
