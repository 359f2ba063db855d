using System.Net;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.WebDav;

/// <summary>The collection that records go to: looked for once a run, and made with those above it where it is missing.</summary>
internal sealed class WebDavCollection
{
    private readonly string _destination;
    private readonly WebDavApi _api;
    private readonly Uri _address;
    private readonly SharedLookup<bool> _ready;

    public WebDavCollection(string destination, WebDavApi api, string url)
    {
        _destination = destination;
        _api = api;
        _address = Uri.TryCreate(url, UriKind.Absolute, out var address) ? address : new("http://localhost/");
        _ready = new(PrepareAsync);
    }

    /// <summary>Returns when the collection is there.</summary>
    public Task EnsureAsync(CancellationToken cancellationToken) => _ready.GetAsync(cancellationToken);

    /// <summary>Looks for it anew next time: the server says that it is gone.</summary>
    public void Forget() => _ready.Forget();

    private async Task<bool> PrepareAsync(CancellationToken cancellationToken)
    {
        var there = await _api.FindAsync(name: null, cancellationToken);
        if (there is { IsCollection: false })
        {
            throw new ExportException(
                ExportErrorCode.ConfigurationInvalid,
                $"The url of '{_destination}' is that of a file, not of a collection.");
        }

        if (there is null)
        {
            await MakeAsync(_address, cancellationToken);
        }

        return true;
    }

    private async Task MakeAsync(Uri address, CancellationToken cancellationToken)
    {
        var answer = await _api.MakeCollectionAsync(address, cancellationToken);

        // 409 is the standard's word for a missing parent; some servers say 404.
        if (answer.Status is HttpStatusCode.Conflict or HttpStatusCode.NotFound && address.AbsolutePath != "/")
        {
            await MakeAsync(new Uri(address, ".."), cancellationToken);
            answer = await _api.MakeCollectionAsync(address, cancellationToken);
        }

        // 405 is the answer where it is there: somebody else was faster.
        if (answer.Status != HttpStatusCode.MethodNotAllowed)
        {
            _api.Require(answer);
        }
    }
}
