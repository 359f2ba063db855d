using NexusExport.Resilience;

namespace NexusExport.Tests.Resilience;

/// <summary>The layer below the one that is tested: does what the test says, and counts.</summary>
internal sealed class ScriptedCalls(Func<int, Exception?> fail) : IDestinationCalls
{
    public int Count { get; private set; }

    public Task<T> RunAsync<T>(DestinationCall<T> call, CancellationToken cancellationToken)
    {
        Count++;
        return fail(Count) is { } failure
            ? Task.FromException<T>(failure)
            : call.Make(new ScriptedDestination(ScriptedDestination.Succeed()), cancellationToken);
    }
}
