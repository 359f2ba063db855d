using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.S3;

/// <summary>Carries an unsuccessful answer past the SDK, which knows less about faults than <see cref="HttpFaults"/>.</summary>
internal sealed class S3RefusalException(HttpAnswer answer) : Exception("The server refused a request.")
{
    /// <summary>The answer.</summary>
    public HttpAnswer Answer { get; } = answer;
}
