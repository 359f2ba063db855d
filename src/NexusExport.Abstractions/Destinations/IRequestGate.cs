namespace NexusExport;

/// <summary>
/// Where the requests of one destination pass, those of all records of a run. A destination that needs several requests for a call asks here
/// before each of them, so that limits count requests and hold in mid-call; one that does not is counted by its calls. One that asks for some
/// calls asks for all: which call a request belongs to is not said here, and need not be one.
/// </summary>
public interface IRequestGate
{
    /// <summary>
    /// Waits until the next request may be made, and counts it. Throws RATE_LIMITED at once where that is further away than a run waits.
    /// Time-outs of the request itself begin afterwards.
    /// </summary>
    /// <param name="isWrite">Whether the request may change something at the far side.</param>
    /// <param name="cancellationToken">Ends the wait; the request is not counted then.</param>
    Task EnterAsync(bool isWrite, CancellationToken cancellationToken);

    /// <summary>
    /// Lets nothing through for this long, because the far side has said so: by a header of a success, say. What it says with a refusal
    /// belongs into the fault's <see cref="ExportFault.RetryAfter"/> and need not be told here.
    /// </summary>
    void Close(TimeSpan duration);
}
