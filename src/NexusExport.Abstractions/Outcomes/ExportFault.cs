namespace NexusExport;

/// <summary>
/// A failure as a value: what went wrong, what to do about it, and whether trying again can help. What is not set is the code's own, from
/// <see cref="ExportErrorCatalog"/>.
/// </summary>
/// <param name="Code">One of <see cref="ExportErrorCode"/>; stable, for scripts.</param>
/// <param name="Message">One sentence for a lab admin. Never holds a secret.</param>
public sealed record ExportFault(string Code, string Message)
{
    /// <summary>
    /// One sentence for a lab admin, without a secret, made visible: file names and servers have no say in how it is shown. Several lines, each
    /// made visible by itself, where <see cref="IsList"/> says so.
    /// </summary>
    public string Message { get; init => field = IsList ? VisibleText.Lines(value) : VisibleText.Line(value); } = VisibleText.Line(Message);

    /// <summary>Whether the message is a list, one mistake a line. To be set before the message.</summary>
    public bool IsList { get; init; }

    /// <summary>What the reader should do next; by default the advice of <see cref="ExportErrorCatalog"/> for the code.</summary>
    public string RecommendedAction { get; init => field = VisibleText.Line(value); } = ExportErrorCatalog.For(Code).RecommendedAction;

    /// <summary>Whether the same call may succeed later without anybody changing anything.</summary>
    public bool Recoverable { get; init; } = ExportErrorCatalog.For(Code).Recoverable;

    /// <summary>
    /// Whether the far side may have done the work although it did not say so (a time-out, a 5xx, a lost connection).
    /// Such a write is looked for before it is tried again.
    /// </summary>
    public bool MayHaveCommitted { get; init; }

    /// <summary>
    /// How much longer such a write may take to arrive, so that a look-up which finds nothing is believed only after that; until then the
    /// program keeps looking and sends nothing again. Null where the first look tells, as where a second write would take the place of the first;
    /// TimeSpan.MaxValue where nobody can say, so that the record is left to the next run.
    /// </summary>
    public TimeSpan? SettleTime { get; init; }

    /// <summary>
    /// Whether it is about the account or the place rather than this record (a wrong token, an archived repository, no right to write at all):
    /// the destination is then not asked again in this run, and further records fail with the same fault. By default true for
    /// AUTH_EXPIRED and TLS_FAILED.
    /// </summary>
    public bool ConcernsEveryRecord { get; init; } = Code is ExportErrorCode.AuthExpired or ExportErrorCode.TlsFailed;

    /// <summary>One fault of several mistakes, each on a line of its own.</summary>
    internal static ExportFault OfLines(string code, IEnumerable<string> lines) =>
        new(code, string.Empty) { IsList = true, Message = string.Join('\n', lines.Select(VisibleText.Line)) };

    /// <summary>How long the far side asks to wait (Retry-After); null where it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What was already made at the destination when the failure came, so that it can be completed or undone; null for nothing.</summary>
    public DestinationReceipt? Partial { get; init; }
}
