using System.Globalization;

namespace NexusExport.Destinations.WebDav;

/// <summary>
/// Finds out whether records can be exported by doing what an export does with a small hidden file: writes, moves, reads and removes it. Where
/// the collection is missing, that is done in a hidden one beside which it will be made.
/// </summary>
internal sealed class WebDavConnectionTest(DestinationSettings destination, DestinationServices services, WebDavDestinationSettings settings)
{
    private const double Gibibyte = 1024d * 1024 * 1024;

    public async Task<ConnectionReport> RunAsync(CancellationToken cancellationToken)
    {
        using var api = new WebDavApi(destination, services, settings);
        var (collection, server) = await api.LookAsync(name: null, cancellationToken);
        var moves = collection is null
            ? await TryInParentAsync(new Uri(settings.Url), cancellationToken)
            : await TryInAsync(api, RequireCollection(collection, settings.Url), cancellationToken);
        var space = collection?.Available is { } bytes
            ? string.Create(CultureInfo.InvariantCulture, $", {bytes / Gibibyte:0.0} GiB free")
            : string.Empty;
        var place = collection is null
            ? $"The collection {settings.Url} does not exist yet and will be made with the first record"
            : $"The collection {settings.Url} can be written to{space}";
        var way = moves ? "." : "; records are put under their names at once, for the server, or a proxy before it, does not rename files.";
        return new(place + way, ["read", "write", "delete"], server);
    }

    private string RequireCollection(WebDavResponse there, string url) => there.IsCollection
        ? url
        : throw new ExportException(ExportErrorCode.ConfigurationInvalid, $"'{destination.Name}' needs a collection, and {url} is a file.");

    private async Task<bool> TryInParentAsync(Uri address, CancellationToken cancellationToken)
    {
        while (address.AbsolutePath != "/")
        {
            address = new Uri(address, "..");
            using var parent = new WebDavApi(destination, services, settings with { Url = address.AbsoluteUri });
            if (await parent.FindAsync(name: null, cancellationToken) is not { } there)
            {
                continue;
            }

            var url = RequireCollection(there, address.AbsoluteUri) + WebDavPendingFile.NewName() + '/';
            using var api = new WebDavApi(destination, services, settings with { Url = url });
            api.Require(await api.MakeCollectionAsync(new Uri(url), cancellationToken));
            try
            {
                var moves = await TryInAsync(api, url, cancellationToken);
                await api.DeleteAsync(name: null, etag: null, cancellationToken);
                return moves;
            }
            catch (ExportException)
            {
                await api.TryDeleteAsync(name: null, cancellationToken);
                throw;
            }
        }

        throw new ExportException(new ExportFault(
            ExportErrorCode.ResourceNotFound, $"'{destination.Name}' finds neither the collection {settings.Url} nor one above it.")
        {
            RecommendedAction = "Check url: the server has no WebDAV collection there, nor one in which this could be made.",
        });
    }

    private async Task<bool> TryInAsync(WebDavApi api, string url, CancellationToken cancellationToken)
    {
        var placement = new WebDavUploader(destination.Name, api, url, settings.Overwrites);
        var names = new WebDavNames(api, WebDavPendingFile.NewName());
        var context = new ExportContext
        {
            Document = new() { SessionIdentifier = "test", FileName = names[0], Content = new("test"u8.ToArray()) },
        };
        try
        {
            await placement.PlaceAsync(context, names, free: 0, cancellationToken);
            var read = await api.HashAsync(names[0], cancellationToken);
            Require(read?.Hash == context.Document.Content.ContentHash, "gives back something else than was written");
            Require(await api.DeleteAsync(names[0], etag: null, cancellationToken), "did not remove the file that it was given");
            return placement.CanMove;
        }
        catch (ExportException ex)
        {
            // No next attempt goes on with what is left here.
            await api.TryDeleteAsync(names[0], cancellationToken);
            await api.TryDeleteAsync(ex.Fault.Partial?.RecordId ?? names[0], cancellationToken);
            throw;
        }
    }

    private void Require(bool isSo, string otherwise)
    {
        if (!isSo)
        {
            throw new ExportException(ExportErrorCode.IntegrityMismatch, $"'{destination.Name}' {otherwise}.");
        }
    }
}
