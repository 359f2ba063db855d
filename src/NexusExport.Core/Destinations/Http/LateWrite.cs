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

    /// <summary>
    /// The same where the connection broke: mostly because the server or something before it ended, which is soon seen; only where the line itself
    /// was cut it goes on with what it was doing.
    /// </summary>
    public static readonly TimeSpan AfterABreak = TimeSpan.FromSeconds(15);

    /// <summary>The fault of a call whose time was over, at our end or at a gateway's.</summary>
    public static ExportFault TimedOut(ExportFault fault, HttpCall call) =>
        fault.MayHaveCommitted ? fault with { SettleTime = call.SettleTime } : fault;

    /// <summary>The fault of a call whose connection broke before the answer.</summary>
    public static ExportFault Broken(ExportFault fault, HttpCall call) =>
        fault.MayHaveCommitted && call.SettleTime is { } settle ? fault with { SettleTime = settle < AfterABreak ? settle : AfterABreak } : fault;
}
