using NexusExport.Host.Output;

namespace NexusExport.Host.Reporting;

/// <summary>One JSON object a line.</summary>
internal sealed class JsonListing<T>(TextWriter output) : IListing<T>
{
    /// <inheritdoc/>
    public void Write(T row) => output.WriteLine(JsonLine.Of(row));
}
