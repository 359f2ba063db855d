namespace NexusExport;

/// <summary>How an <see cref="ExportFault"/> travels through code that throws.</summary>
public sealed class ExportException : Exception
{
    /// <summary>Wraps <paramref name="fault"/>.</summary>
    public ExportException(ExportFault fault, Exception? innerException = null)
        : base((fault ?? throw new ArgumentNullException(nameof(fault))).Message, innerException) => Fault = fault;

    /// <summary>Shorthand for a fault with the catalogue's advice.</summary>
    public ExportException(string code, string message, Exception? innerException = null)
        : this(new ExportFault(code, message), innerException)
    {
    }

    /// <summary>What went wrong.</summary>
    public ExportFault Fault { get; }
}
