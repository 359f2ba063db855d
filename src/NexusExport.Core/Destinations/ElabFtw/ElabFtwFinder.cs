namespace NexusExport.Destinations.ElabFtw;

/// <summary>An entry of a record.</summary>
/// <param name="Id">Its number.</param>
/// <param name="UploadId">Its attachment if that is the record as it was to be sent; else null.</param>
/// <param name="IsComplete">Whether nothing is left to do.</param>
internal sealed record FoundEntry(string Id, string? UploadId, bool IsComplete);

/// <summary>Looks for entries by what this program wrote into their extra fields.</summary>
internal sealed class ElabFtwFinder(ElabFtwApi api)
{
    /// <summary>The entry of this very content of this session; one that has its attachment is preferred. Null if there is none.</summary>
    public async Task<FoundEntry?> FindAsync(ExportContext context, CancellationToken cancellationToken)
    {
        FoundEntry? incomplete = null;
        foreach (var entry in await SearchAsync(context, cancellationToken))
        {
            var uploads = await api.ListUploadsAsync(entry.Id, cancellationToken);
            if (uploads.FirstOrDefault(upload => upload.Holds(context.Document.Content)) is { } attached)
            {
                return new(entry.Id, attached.Id, !entry.LacksDate(ElabFtwEntryForm.Day(context.Document)));
            }

            incomplete ??= new(entry.Id, null, IsComplete: false);
        }

        return incomplete;
    }

    /// <summary>The newest entry of this content, whatever is attached to it; null if there is none.</summary>
    public async Task<string?> FindEntryAsync(ExportContext context, CancellationToken cancellationToken) =>
        await SearchAsync(context, cancellationToken) is [var newest, ..] ? newest.Id : null;

    /// <summary>The content that the newest entry of this file name has attached; null if there is none.</summary>
    public async Task<ReadOnlyMemory<byte>?> FetchAsync(string fileName, CancellationToken cancellationToken)
    {
        foreach (var entry in await api.SearchAsync(ElabFtwExtraFields.FileName, fileName, cancellationToken))
        {
            var uploads = await api.ListUploadsAsync(entry.Id, cancellationToken);
            if (uploads.FirstOrDefault(upload => upload.Comment is ElabFtwUploadForm.XmlComment or ElabFtwUploadForm.OtherComment) is { } ours)
            {
                return await api.DownloadAsync(entry.Id, ours.Id, cancellationToken);
            }
        }

        return null;
    }

    private Task<IReadOnlyList<ElabFtwEntry>> SearchAsync(ExportContext context, CancellationToken cancellationToken) =>
        api.SearchAsync(ElabFtwExtraFields.Marker, EntryMarker.Of(context), cancellationToken);
}
