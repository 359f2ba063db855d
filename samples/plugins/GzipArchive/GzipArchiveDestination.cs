using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using NexusExport;

namespace GzipArchive;

/// <summary>Keeps each record as a .gz file named after its session and content, so that the same content is the same file.</summary>
internal sealed class GzipArchiveDestination(DestinationSettings settings) : IExportDestination
{
    private readonly string _folder = settings.Text(GzipArchivePlugin.Folder) ?? string.Empty;

    public string Name => settings.Name;

    public string Type => settings.Type;

    public int Priority => settings.Priority;

    public IReadOnlyList<Dependency> DependsOn => settings.DependsOn;

    public DestinationCapabilities Capabilities { get; } = new(CanFind: true, CanFetch: false, CanUndo: true, DestinationRisk.Low);

    public IReadOnlyList<ExportFault> ValidateConfiguration() => _folder.Length > 0
        ? []
        : [new(ExportErrorCode.ConfigurationInvalid, $"'{Name}' needs the setting {GzipArchivePlugin.Folder.Name}.")];

    public Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var probe = Path.Combine(Directory.CreateDirectory(_folder).FullName, $".{Guid.NewGuid():n}");
        using (File.Create(probe, 1, FileOptions.DeleteOnClose))
        {
            return Task.FromResult(new ConnectionReport($"{_folder} can be written to.", ["read", "write", "delete"]));
        }
    }

    public async Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(context);
        Directory.CreateDirectory(_folder);

        // Under another name until it is whole: whoever looks into the folder sees no half record.
        var unfinished = $"{path}.{Guid.NewGuid():n}.tmp";
        try
        {
            await using (var file = File.Create(unfinished))
            {
                await using var gzip = new GZipStream(file, CompressionLevel.Optimal);
                await gzip.WriteAsync(context.Document.Content.Bytes, cancellationToken);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }

        return Receipt(path) with { BytesSent = context.Document.Content.Bytes.Length };
    }

    public async Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken)
    {
        var path = PathOf(context);
        if (!File.Exists(path))
        {
            return null;
        }

        await using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(gzip, cancellationToken));
        return hash == context.Document.Content.ContentHash ? Receipt(path) : null;
    }

    public Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken) =>
        Task.FromResult<ReadOnlyMemory<byte>?>(null);

    public Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        File.Delete(Path.Combine(_folder, Path.GetFileName(receipt.RecordId!)));
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static DestinationReceipt Receipt(string path) => new() { RecordId = Path.GetFileName(path), RecordUrl = new Uri(path).AbsoluteUri };

    // A session's identifier may be a URL: a hash of it is a name on every file system.
    private string PathOf(ExportContext context)
    {
        var session = SHA256.HashData(Encoding.UTF8.GetBytes(context.Document.SessionIdentifier));
        return Path.Combine(_folder, $"{Convert.ToHexStringLower(session)[..16]}-{context.Document.Content.ContentHash[..16]}.xml.gz");
    }
}
