using System.Globalization;

namespace NexusExport.Destinations.LabArchives;

/// <summary>
/// Takes a record back as far as LabArchives lets a program: nothing is deleted there, a page is moved to the folder "API Deleted Items",
/// from which a person can move it back. A page with anything else on it stays.
/// </summary>
internal sealed class LabArchivesUndo(string destination, LabArchivesApi api, LabArchivesNotebook notebook)
{
    public const string TextIdKey = "entry_id";
    public const string AttachmentIdKey = "attachment_id";

    /// <summary>The folder that other clients of the API use for this.</summary>
    public const string DeletedItems = "API Deleted Items";

    public async Task RunAsync(DestinationReceipt receipt, CancellationToken cancellationToken)
    {
        var page = receipt.RecordId ?? throw new ExportException(ExportErrorCode.NotSupported, $"'{destination}' was not told which page to withdraw.");
        if (await notebook.IsDeletedAsync(page, cancellationToken) || await ReadAsync(page, cancellationToken) is not { } entries)
        {
            return;
        }

        RequireAllOurs(receipt, entries);
        var root = await api.ListAsync(LabArchivesNode.RootId, cancellationToken);
        var deleted = root.FirstOrDefault(node => node.Is(page: false, DeletedItems))?.Id;
        deleted ??= await api.InsertAsync(LabArchivesNode.RootId, DeletedItems, page: false, cancellationToken);
        await api.MoveAsync(page, deleted, cancellationToken);
    }

    // What is gone already counts as taken back.
    private async Task<IReadOnlyList<LabArchivesEntry>?> ReadAsync(string page, CancellationToken cancellationToken)
    {
        try
        {
            return await api.ReadPageAsync(page, cancellationToken);
        }
        catch (ExportException ex) when (ex.Fault.Code == ExportErrorCode.ResourceNotFound)
        {
            return null;
        }
    }

    private void RequireAllOurs(DestinationReceipt receipt, IReadOnlyList<LabArchivesEntry> entries)
    {
        var ours = new[] { TextIdKey, AttachmentIdKey }
            .Select(key => Convert.ToString(receipt.Metadata.GetValueOrDefault(key), CultureInfo.InvariantCulture))
            .ToHashSet(StringComparer.Ordinal);
        var others = entries.Count(entry => !ours.Contains(entry.Id));
        if (others > 0)
        {
            throw new ExportException(new ExportFault(
                ExportErrorCode.NotSupported,
                string.Create(CultureInfo.InvariantCulture, $"'{destination}' does not withdraw the page: it holds {others} more entries than this record's, and LabArchives deletes no single entry for a program."))
            {
                RecommendedAction = "Remove the record's entries from the page by hand, in the notebook.",
            });
        }
    }
}
