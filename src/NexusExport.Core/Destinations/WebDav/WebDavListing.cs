using System.Text;
using System.Xml;
using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.WebDav;

/// <summary>
/// The collection's members as one PROPFIND tells them: names and sizes. Whether a file of a record's size is the record, only reading it tells.
/// </summary>
internal sealed class WebDavListing : IContentListing
{
    // A look-up costs a request and its answer, and mostly waiting; a member takes some 600 bytes of a listing.
    private const int BytesPerLookUp = 8 * 1024;
    private const int FewestBytes = 16 * 1024;
    private const int MostBytes = 64 * 1024 * 1024;

    // Some servers keep names in another Unicode form, or tell no case apart.
    private readonly ILookup<string, WebDavResponse> _members;
    private readonly bool _overwrites;

    private WebDavListing(IEnumerable<WebDavResponse> members, bool overwrites)
    {
        _members = members.ToLookup(member => member.Name.Normalize(NormalizationForm.FormC), StringComparer.OrdinalIgnoreCase);
        _overwrites = overwrites;
    }

    /// <summary>Lists the collection; null where that takes more than the budget, or is refused: look-ups may go all the same.</summary>
    public static async Task<IContentListing?> ReadAsync(WebDavApi api, bool overwrites, ListingBudget budget, CancellationToken cancellationToken)
    {
        var limit = (int)Math.Clamp((long)budget.LookUps * BytesPerLookUp, FewestBytes, MostBytes);
        try
        {
            return await api.ListAsync(limit, cancellationToken) is { } xml
                ? new WebDavListing(WebDavMultiStatus.Read(xml).Responses, overwrites)
                : null;
        }
        catch (ExportException ex) when (ex.Fault.Code == ExportErrorCode.ResourceNotFound)
        {
            // The collection is made with the first record.
            return new WebDavListing([], overwrites);
        }
        catch (ExportException ex) when (ex.Fault.Code is ExportErrorCode.RequestRejected or ExportErrorCode.PermissionDenied)
        {
            return null;
        }
        catch (Exception ex) when (ex is XmlException or ArgumentException)
        {
            // One name that its server cannot spell spoils the whole answer.
            return null;
        }
    }

    /// <inheritdoc/>
    public ListedContent Find(ExportContext context)
    {
        var name = SafeFileName.From(context.Document.FileName);
        var length = context.Document.Content.Bytes.Length;
        for (var number = 0; _members[SafeFileName.WithNumber(name, number)].ToList() is { Count: > 0 } there; number++)
        {
            if (there.Exists(member => !member.IsCollection && (member.Length ?? length) == length))
            {
                return ListedContent.Unsure;
            }

            if (_overwrites)
            {
                break;
            }
        }

        return ListedContent.Absent;
    }
}
