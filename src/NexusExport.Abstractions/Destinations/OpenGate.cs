namespace NexusExport;

/// <summary>The gate of a destination that is used by itself, outside a run: everything passes.</summary>
internal sealed class OpenGate : IRequestGate
{
    public static OpenGate Instance { get; } = new();

    public Task EnterAsync(bool isWrite, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Close(TimeSpan duration)
    {
        // Nobody waits here.
    }
}
