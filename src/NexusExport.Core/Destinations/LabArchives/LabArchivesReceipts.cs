using System.Globalization;

namespace NexusExport.Destinations.LabArchives;

/// <summary>What is kept of a record on a page, for the log and for whoever completes or undoes it.</summary>
internal sealed class LabArchivesReceipts(LabArchivesDestinationSettings settings)
{
    // Until when an entry that was on its way when this was written down may still appear.
    private const string OnItsWayKey = "on_its_way_until";

    /// <summary>The receipt of a page with what it has of the record.</summary>
    public DestinationReceipt Of(LabArchivesPlace place, string pageId, LabArchivesPageContent content)
    {
        var metadata = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["folder"] = $"{settings.Folder}/{place.Instrument}",
            ["page"] = place.PageName,
            ["included_cdcs_link"] = content.HasCdcsLink,
        };
        if (content.TextId is not null)
        {
            metadata[LabArchivesUndo.TextIdKey] = content.TextId;
        }

        if (content.AttachmentId is not null)
        {
            metadata[LabArchivesUndo.AttachmentIdKey] = content.AttachmentId;
        }

        return new()
        {
            RecordId = pageId,
            RecordUrl = LabArchivesWebAddress.OfNotebook(settings),
            IsComplete = content.IsComplete,
            Metadata = metadata,
        };
    }

    /// <summary>The receipt with the time until which what is being sent may appear; null for nothing.</summary>
    public static DestinationReceipt WithOnItsWay(DestinationReceipt receipt, DateTimeOffset? until) => until is null
        ? receipt
        : receipt with
        {
            Metadata = new Dictionary<string, object?>(receipt.Metadata, StringComparer.Ordinal)
            {
                [OnItsWayKey] = until.Value.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
            },
        };

    /// <summary>Until when something of an earlier attempt may appear; null where nothing is known to be on its way.</summary>
    public static DateTimeOffset? OnItsWay(DestinationReceipt? receipt) =>
        receipt?.Metadata.GetValueOrDefault(OnItsWayKey) is string text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until)
            ? until
            : null;
}
