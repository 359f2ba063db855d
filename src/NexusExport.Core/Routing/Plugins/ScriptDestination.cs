using System.Globalization;

namespace NexusExport.Routing.Plugins;

/// <summary>A destination whose work a script does. Scripts run one after the other, on the thread that their host has for them.</summary>
internal sealed class ScriptDestination(
    DestinationSettings settings, DestinationServices services, ScriptPlugin plugin, IScriptPluginHost host) : IExportDestination
{
    private readonly TimeSpan _limit = settings.Timeout ?? services.DefaultTimeout;

    public string Name => settings.Name;

    public string Type => settings.Type;

    public int Priority => settings.Priority;

    public IReadOnlyList<Dependency> DependsOn { get; } = [.. settings.DependsOn, .. plugin.DependsOn.Select(Dependency.Parse)];

    public DestinationCapabilities Capabilities { get; } =
        new(CanFind: plugin.Find is not null, CanFetch: false, CanUndo: plugin.Undo is not null, DestinationRisk.High);

    public IReadOnlyList<ExportFault> ValidateConfiguration() => [];

    public async Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken) => plugin.Test is { } test
        ? ScriptOutput.Report(Name, await RunAsync(test, argument: null, isWrite: false, cancellationToken))
        : new($"'{Name}' is loaded; it has no Test of its own.", ["write"]);

    public async Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken)
    {
        var receipt = ScriptOutput.Receipt(await RunAsync(plugin.Export, context, isWrite: true, cancellationToken))
            ?? throw new ExportException(ExportErrorCode.PluginFailed, $"The Export of '{Name}' returned $false.");
        return receipt with { BytesSent = context.Document.Content.Bytes.Length };
    }

    public async Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken)
    {
        if (plugin.Find is not { } find)
        {
            return null;
        }

        // Unlike an export, which may have nothing to say, a search that gives nothing has found nothing.
        var output = await RunAsync(find, context, isWrite: false, cancellationToken);
        return output is [] or [.., null] ? null : ScriptOutput.Receipt(output);
    }

    public Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken) =>
        Task.FromResult<ReadOnlyMemory<byte>?>(null);

    public Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken) => plugin.Undo is { } undo
        ? RunAsync(undo, receipt, isWrite: true, cancellationToken)
        : Task.FromException(new ExportException(ExportErrorCode.NotSupported, $"'{Name}' has no Undo."));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<IReadOnlyList<object?>> RunAsync(ScriptCode code, object? argument, bool isWrite, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await host.InvokeAsync(code, argument, _limit, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            var message = string.Create(CultureInfo.InvariantCulture, $"'{Name}' was stopped, for it ran for longer than {_limit.TotalSeconds:0.###} s.");
            throw new ExportException(new ExportFault(ExportErrorCode.Timeout, message) { MayHaveCommitted = isWrite }, exception);
        }
        catch (ScriptPluginException exception)
        {
            throw new ExportException(Fault(exception, isWrite), exception);
        }
    }

    /// <summary>A thrown object with a Code is taken at its word; an exception that .NET knows means what it always means.</summary>
    private ExportFault Fault(ScriptPluginException exception, bool isWrite)
    {
        if (ScriptOutput.Text(exception.Thrown, nameof(ExportFault.Code)) is { } code)
        {
            var fault = new ExportFault(code, $"'{Name}': {ScriptOutput.Text(exception.Thrown, nameof(ExportFault.Message)) ?? exception.Message}");
            return fault with
            {
                Recoverable = exception.Thrown.GetValueOrDefault(nameof(ExportFault.Recoverable)) as bool? ?? fault.Recoverable,
                MayHaveCommitted = exception.Thrown.GetValueOrDefault(nameof(ExportFault.MayHaveCommitted)) as bool? ?? false,
                RetryAfter = ScriptOutput.Seconds(exception.Thrown, nameof(ExportFault.RetryAfter)),
                RecommendedAction = ScriptOutput.Text(exception.Thrown, nameof(ExportFault.RecommendedAction)) ?? fault.RecommendedAction,
            };
        }

        var known = exception.InnerException is { } inner ? ExceptionTranslator.ToFault(Name, inner, isWrite) : null;
        return known is not null && known.Code != ExportErrorCode.UnexpectedFailure
            ? known
            : new(ExportErrorCode.PluginFailed, $"'{Name}' failed: {exception.Message}") { MayHaveCommitted = isWrite };
    }
}
