namespace NexusExport.Tests.Routing.Plugins;

/// <summary>A plugin's destination that is odd in one way, which its type is named for.</summary>
internal sealed class OddDestination(DestinationSettings settings) : IExportDestination
{
    private static readonly DestinationCapabilities Able = new(CanFind: true, CanFetch: false, CanUndo: false, DestinationRisk.Low);

    /// <summary>Each way in which a destination can be odd while it runs.</summary>
    public static IReadOnlyDictionary<string, Func<ExportContext, Task<DestinationReceipt>>> Uploads { get; } =
        new Dictionary<string, Func<ExportContext, Task<DestinationReceipt>>>(StringComparer.Ordinal)
        {
            ["null-task"] = _ => Nothing<DestinationReceipt>(),
            ["null-receipt"] = _ => Task.FromResult<DestinationReceipt>(null!),
            ["null-metadata"] = _ => Task.FromResult(new DestinationReceipt { Metadata = null! }),
            ["odd-metadata"] = _ => Task.FromResult(new DestinationReceipt { RecordId = "1", Metadata = OddValues.All }),
            ["endless-metadata"] = _ => Task.FromResult(new DestinationReceipt { Metadata = (IReadOnlyDictionary<string, object?>)OddValues.All["endless dictionary"]! }),
            ["long-id"] = _ => Task.FromResult(new DestinationReceipt { RecordId = new string('x', 10_000_000), BytesSent = long.MinValue }),
            ["half-character"] = _ => Task.FromResult(new DestinationReceipt { RecordId = "\udfff", RecordUrl = "\ud800" }),
            ["odd-progress"] = async context =>
            {
                await context.ReportProgressAsync(null!, default);
                await context.ReportProgressAsync(new() { Metadata = OddValues.All }, default);
                return new();
            },
            ["throws-at-once"] = _ => throw new InvalidOperationException("At once."),
            ["mute-exception"] = _ => Task.FromException<DestinationReceipt>(new OddValues.MuteException()),
            ["mute-within"] = _ => Task.FromException<DestinationReceipt>(new AggregateException(new OddValues.MuteException())),
            ["cancelled-by-nobody"] = _ => Task.FromCanceled<DestinationReceipt>(new CancellationToken(canceled: true)),
            ["null-code"] = _ => throw new ExportException(new ExportFault(ExportErrorCode.Timeout, "x") { RecommendedAction = null! } with { Code = null! }),
            ["null-message"] = _ => throw new ExportException(new ExportFault(ExportErrorCode.RequestRejected, "x") with { Message = null! }),
            ["own-code"] = _ => throw new ExportException("__odd code\n", "\u001b[31mred\r\nsecond line"),
            ["odd-waits"] = _ => throw new ExportException(new ExportFault(ExportErrorCode.RequestRejected, "x")
            {
                RetryAfter = TimeSpan.MinValue,
                SettleTime = TimeSpan.MinValue,
                Partial = new() { Metadata = OddValues.All },
            }),
            ["endless-wait"] = _ => throw new ExportException(new ExportFault(ExportErrorCode.RateLimited, "x") { RetryAfter = TimeSpan.MaxValue }),
        };

    /// <summary>Each way in which a destination can be odd before anything is sent there.</summary>
    public static IReadOnlyList<string> Properties { get; } =
    [
        "null-name", "throws-name", "other-name", "null-dependencies", "endless-dependencies", "throws-dependencies", "null-among-dependencies",
        "null-capabilities", "throws-capabilities", "null-validation", "endless-validation", "throws-validation", "mute-validation", "throws-disposal",
    ];

    private bool Is(string oddity) => settings.Type == oddity;

    public string Name => Is("null-name") ? null! : Is("throws-name") ? throw new InvalidOperationException("No name.") : Is("other-name") ? "x" : settings.Name;

    public string Type => null!;

    public int Priority => throw new InvalidOperationException("No priority.");

    public IReadOnlyList<Dependency> DependsOn => settings.Type switch
    {
        "null-dependencies" => null!,
        "endless-dependencies" => new OddValues.EndlessList<Dependency>("good"),
        "throws-dependencies" => throw new InvalidOperationException("No dependencies."),
        "null-among-dependencies" => [null!, "good"],
        _ => [],
    };

    public DestinationCapabilities Capabilities => Is("null-capabilities") ? null! : Is("throws-capabilities") ? throw new InvalidOperationException("None.") : Able;

    public IReadOnlyList<ExportFault> ValidateConfiguration() => settings.Type switch
    {
        "null-validation" => null!,
        "endless-validation" => new OddValues.EndlessList<ExportFault>(new(ExportErrorCode.ConfigurationInvalid, "Again.")),
        "throws-validation" => throw new InvalidOperationException("Not checked."),
        "mute-validation" => throw new OddValues.MuteException(),
        _ => [],
    };

    public Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken) => settings.Type switch
    {
        "null-task" => Nothing<ConnectionReport>(),
        "null-receipt" => Task.FromResult<ConnectionReport>(null!),
        "null-metadata" => Task.FromResult(new ConnectionReport(null!, null!)),
        "endless-metadata" => Task.FromResult(new ConnectionReport("x", new OddValues.EndlessList<string>("write"))),
        "mute-exception" => throw new OddValues.MuteException(),
        _ => Task.FromResult(new ConnectionReport("Ready.", [null!, "write"], new string('x', 1_000_000))),
    };

    public Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken) =>
        Uploads.TryGetValue(settings.Type, out var upload) ? upload(context) : Task.FromResult(new DestinationReceipt { RecordId = "1" });

    public Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken) => settings.Type switch
    {
        "null-task" => Nothing<DestinationReceipt?>(),
        "odd-metadata" => Task.FromResult<DestinationReceipt?>(new() { IsComplete = false, Metadata = OddValues.All }),
        "mute-exception" => throw new OddValues.MuteException(),
        _ => Task.FromResult<DestinationReceipt?>(null),
    };

    public Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken) =>
        Nothing<ReadOnlyMemory<byte>?>();

    public Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken) => Nothing<bool>();

    public ValueTask DisposeAsync() => Is("throws-disposal") ? throw new OddValues.MuteException() : ValueTask.CompletedTask;

    // Not even a task.
    private static Task<T> Nothing<T>()
    {
        Task<T>? none = null;
        return none!;
    }
}
