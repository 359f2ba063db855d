namespace NexusExport.Destinations.Drive;

/// <summary>What the folder held when it was listed, by name and by the hash that each export is marked with.</summary>
internal sealed class DriveListing(IEnumerable<DriveFile> newestFirst, Func<DriveFile, ExportContext, DestinationReceipt> receiptOf) : IContentListing
{
    private readonly ILookup<(string? Name, string? Hash), DriveFile> _files = newestFirst.ToLookup(file => (file.Name, file.ExportedHash));

    public ListedContent Find(ExportContext context) =>
        _files[(context.Document.FileName, context.Document.Content.ContentHash)].FirstOrDefault(file => file.IsExportOf(context.Document.Content)) is { } file
            ? ListedContent.Found(receiptOf(file, context))
            : ListedContent.Absent;
}
