namespace NexusExport.Routing.Plugins;

/// <summary>A fault that a plugin gave, with what it must not lack and without what nobody can wait for.</summary>
internal static class GuardedFault
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(366);

    /// <summary>The same fault if there is nothing to mend.</summary>
    public static ExportFault Of(ExportFault fault)
    {
        var code = string.IsNullOrWhiteSpace(fault.Code) ? ExportErrorCode.PluginFailed : fault.Code;
        return fault with
        {
            Code = code,
            Message = PlainValue.Text(fault.Message) is { Length: > 0 } message ? message : $"The plugin says nothing but {code}.",
            RecommendedAction = PlainValue.Text(fault.RecommendedAction) ?? ExportErrorCatalog.For(code).RecommendedAction,
            RetryAfter = Wait(fault.RetryAfter),
            SettleTime = fault.SettleTime is { } settle && settle < TimeSpan.Zero ? null : fault.SettleTime,
            Partial = fault.Partial is null ? null : GuardedReceipt.Of(fault.Partial),
        };
    }

    private static TimeSpan? Wait(TimeSpan? asked) => asked switch
    {
        { } wait when wait < TimeSpan.Zero => null,
        { } wait when wait > LongestWait => LongestWait,
        _ => asked,
    };
}
