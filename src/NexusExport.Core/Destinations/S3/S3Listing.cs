using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.S3;

/// <summary>
/// The objects below the prefix as the bucket lists them: key, size and entity tag. The tag is mostly the content's MD5, and then tells that a
/// record is there without a look at it; where it is not (some encryption makes another), only a look tells.
/// </summary>
internal sealed class S3Listing : IContentListing
{
    // A look-up costs a request, and mostly waiting; twenty keys take as many bytes as a handful of answers to HEAD.
    private const int KeysPerLookUp = 20;
    private const int MostKeys = 2_000_000;

    // A full page has a thousand keys; some services give less, and folders below the prefix take room on it.
    private const int LookUpsPerPage = 20;

    private readonly Dictionary<string, S3Object> _objects;
    private readonly S3DestinationSettings _settings;
    private readonly S3Address _address;

    private S3Listing(Dictionary<string, S3Object> objects, S3DestinationSettings settings, S3Address address)
    {
        _objects = objects;
        _settings = settings;
        _address = address;
    }

    /// <summary>
    /// Lists page by page; null where that takes more than the budget, where a page repeats what was seen, or where listing is refused: look-ups
    /// may go all the same.
    /// </summary>
    public static async Task<IContentListing?> ReadAsync(
        S3Api api,
        S3DestinationSettings settings,
        S3Address address,
        ListingBudget budget,
        CancellationToken cancellationToken)
    {
        var limit = (int)Math.Clamp((long)budget.LookUps * KeysPerLookUp, KeysPerLookUp, MostKeys);
        var objects = new Dictionary<string, S3Object>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? next = null;
        try
        {
            do
            {
                var known = objects.Count;
                var page = await api.ListPageAsync(settings.Prefix, Math.Min(S3Api.PageSize, limit - known + 1), next, cancellationToken);
                foreach (var (key, found) in page.Objects)
                {
                    objects[key] = found;
                }

                next = page.Next;
                var repeats = next is not null && (!seen.Add(next) || (objects.Count == known && page.Objects.Count > 0));
                if (repeats || objects.Count > limit || seen.Count > budget.LookUps / LookUpsPerPage)
                {
                    return null;
                }
            }
            while (next is not null);
            return new S3Listing(objects, settings, address);
        }
        catch (ExportException ex) when (ex.Fault.Code
            is ExportErrorCode.RequestRejected or ExportErrorCode.PermissionDenied or ExportErrorCode.UnexpectedResponse or ExportErrorCode.ServerError)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public ListedContent Find(ExportContext context)
    {
        var name = SafeFileName.From(context.Document.FileName);
        var isSure = true;
        for (var number = 0; _objects.TryGetValue(KeyOf(name, number), out var there); number++)
        {
            if (there.Length == context.Document.Content.Bytes.Length)
            {
                if (HasTagOf(context.Document.Content, there))
                {
                    return ListedContent.Found(S3Receipts.Of(_address, KeyOf(name, number), context.Document.Content, identical: true));
                }

                isSure = false;
            }

            if (_settings.Overwrites)
            {
                break;
            }
        }

        return isSure ? ListedContent.Absent : ListedContent.Unsure;
    }

    private string KeyOf(string name, int number) => _settings.Prefix + SafeFileName.WithNumber(name, number);

    [SuppressMessage("Security", "CA5351", Justification = "S3's entity tags are MD5; nobody is kept out by it.")]
    private static bool HasTagOf(FormattedContent content, S3Object there)
    {
        try
        {
            return string.Equals(there.ETag?.Trim('"'), Convert.ToHexString(MD5.HashData(content.Bytes.Span)), StringComparison.OrdinalIgnoreCase);
        }
        catch (CryptographicException)
        {
            // A machine that forbids MD5 (FIPS) looks instead.
            return false;
        }
    }
}
