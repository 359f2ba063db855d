namespace NexusExport.Routing.Plugins;

/// <summary>A plugin's listing: where it fails or says nothing, a look-up tells.</summary>
internal sealed class GuardedListing(IContentListing inner) : IContentListing
{
    public ListedContent Find(ExportContext context)
    {
        try
        {
            return inner.Find(context) switch
            {
                null => ListedContent.Unsure,
                { Receipt: { } receipt } => ListedContent.Found(GuardedReceipt.Of(receipt)),
                var listed => listed,
            };
        }
        catch (Exception)
        {
            return ListedContent.Unsure;
        }
    }
}
