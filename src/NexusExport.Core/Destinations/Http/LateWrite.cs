namespace NexusExport.Destinations.Http;

/// <summary>A write that arrives after its caller has given up.</summary>
internal static class LateWrite
{
    /// <summary>
    /// How long one may take to arrive after a time-out. A server does not hear that its caller has gone: it works on until it is done or a limit
    /// of its own ends it, and the usual limit is a minute (nginx's proxy_read_timeout, Apache's Timeout, the load balancers of AWS and Azure).
    /// Twice that, for a request may wait behind another one.
    /// </summary>
    public static readonly TimeSpan SettleTime = TimeSpan.FromMinutes(2);

    /// <summary>What nobody answered may still arrive; what was refused or answered, however badly, will not.</summary>
    public static ExportFault Unanswered(ExportFault fault, HttpCall call) =>
        fault.MayHaveCommitted ? fault with { SettleTime = call.SettleTime } : fault;
}
