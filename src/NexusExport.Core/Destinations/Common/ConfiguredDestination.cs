using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.Common;

/// <summary>A built-in destination: what its configuration tells is answered here, what it does by its own folder.</summary>
/// <param name="settings">The destination's part of the configuration.</param>
/// <param name="services">What all destinations share.</param>
internal abstract class ConfiguredDestination(DestinationSettings settings, DestinationServices services) : IExportDestination
{
    /// <inheritdoc/>
    public string Name => settings.Name;

    /// <inheritdoc/>
    public string Type => settings.Type;

    /// <inheritdoc/>
    public int Priority => settings.Priority;

    /// <inheritdoc/>
    public IReadOnlyList<Dependency> DependsOn => settings.DependsOn;

    /// <inheritdoc/>
    public abstract DestinationCapabilities Capabilities { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<ExportFault> ValidateConfiguration();

    /// <inheritdoc/>
    public abstract Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    private protected DestinationSettings Configured => settings;

    private protected DestinationServices Services => services;

    /// <summary>The faults of the settings, and that of the certificates which every HTTP destination trusts.</summary>
    private protected IReadOnlyList<ExportFault> WithTls(IReadOnlyList<ExportFault> faults) =>
        TlsTrust.Check(services.Tls) is { } fault ? [.. faults, fault] : faults;
}
