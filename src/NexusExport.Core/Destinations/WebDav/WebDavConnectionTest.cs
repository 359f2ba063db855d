using System.Globalization;

namespace NexusExport.Destinations.WebDav;

/// <summary>Finds out whether the collection can be written to: puts a small hidden file there and removes it.</summary>
internal sealed class WebDavConnectionTest(WebDavApi api, WebDavDestinationSettings settings)
{
    private const double Gibibyte = 1024d * 1024 * 1024;

    public async Task<ConnectionReport> RunAsync(CancellationToken cancellationToken)
    {
        var (collection, server) = await api.LookAsync(name: null, cancellationToken);
        if (collection is null)
        {
            return new($"Connected; the collection {settings.Url} does not exist yet and will be made with the first record.", ["read"], server);
        }

        if (!collection.IsCollection)
        {
            throw new ExportException(ExportErrorCode.ConfigurationInvalid, $"{settings.Url} is a file, not a collection.");
        }

        var probe = WebDavPendingFile.For(api, existing: null).Name;
        api.Require(await api.PutAsync(probe, "test"u8.ToArray(), "text/plain", onlyNew: true, cancellationToken));
        await api.DeleteAsync(probe, etag: null, cancellationToken);
        var space = collection.Available is { } bytes
            ? string.Create(CultureInfo.InvariantCulture, $", {bytes / Gibibyte:0.0} GiB free")
            : string.Empty;
        return new($"The collection {settings.Url} can be written to{space}.", ["read", "write", "delete"], server);
    }
}
