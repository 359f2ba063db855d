using System.Net;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.WebDav;

/// <summary>
/// Moves files to their names in the way that this server takes. The new name goes into the Destination header as a whole address; where the
/// server sits behind a proxy that ends TLS, it knows itself by another one and refuses that (lighttpd and nginx with 400, Apache with 502).
/// The path alone (RFC 4918 section 10.3) or the address without TLS may still go. What goes is learned once.
/// </summary>
internal sealed class WebDavMover(WebDavApi api, string collection)
{
    private const int Unknown = -1;

    private readonly string[] _spellings = [.. Spellings(collection)];
    private volatile int _taken = Unknown;

    /// <summary>
    /// The server's answer, and whether it refuses the request as such rather than this file: then nothing was moved, and nothing ever will
    /// be. What was taken once is not called in question again.
    /// </summary>
    public async Task<(HttpAnswer Answer, bool IsRefused)> MoveAsync(string from, string to, bool overwrite, CancellationToken cancellationToken)
    {
        HttpAnswer? first = null;
        for (var index = Math.Max(_taken, 0); ; index = Math.Max(_taken, index + 1))
        {
            var answer = await api.MoveAsync(from, _spellings[index] + Uri.EscapeDataString(to), overwrite, cancellationToken);
            var isRefused = IsUnknownMethod(answer)
                || (answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.BadGateway && _taken != index);
            if (!answer.IsSuccess && !isRefused && first is { Status: HttpStatusCode.BadGateway })
            {
                // A 502 can also be a proxy that lost its server in mid-work: the file may have been moved then, and is missing now.
                return (first, false);
            }

            if (answer.IsSuccess || answer.Status == HttpStatusCode.PreconditionFailed)
            {
                _taken = index;
            }

            if (!isRefused)
            {
                return (answer, false);
            }

            first ??= answer;
            if (index == _spellings.Length - 1 || IsUnknownMethod(answer))
            {
                return (first, true);
            }
        }
    }

    private static bool IsUnknownMethod(HttpAnswer answer) => answer.Status is HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented;

    private static IEnumerable<string> Spellings(string collection)
    {
        if (!Uri.TryCreate(collection, UriKind.Absolute, out var address))
        {
            yield break;
        }

        // A header takes ASCII only: the path escaped, and a name with other letters as the name service knows it.
        var ascii = new UriBuilder(address) { Host = address.HostNameType == UriHostNameType.Dns ? address.IdnHost : address.Host };
        yield return ascii.Uri.AbsoluteUri;
        yield return address.AbsolutePath;
        if (address.Scheme == Uri.UriSchemeHttps)
        {
            ascii.Scheme = Uri.UriSchemeHttp;
            ascii.Port = address.IsDefaultPort ? -1 : address.Port;
            yield return ascii.Uri.AbsoluteUri;
        }
    }
}
