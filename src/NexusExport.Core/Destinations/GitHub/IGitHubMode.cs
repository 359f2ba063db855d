namespace NexusExport.Destinations.GitHub;

/// <summary>How records get into the repository.</summary>
internal interface IGitHubMode
{
    /// <summary>Brings the record there.</summary>
    /// <param name="context">The export.</param>
    /// <param name="target">Branch that records go to.</param>
    /// <param name="cancellationToken">Stops between calls.</param>
    Task<DestinationReceipt> PublishAsync(ExportContext context, string target, CancellationToken cancellationToken);

    /// <summary>Looks for this very content; null if it is not there, an incomplete receipt where only part of the work was done.</summary>
    Task<DestinationReceipt?> FindAsync(ExportContext context, string target, CancellationToken cancellationToken);

    /// <summary>Reads what is there; null where that would cost too much.</summary>
    Task<IContentListing?> ListAsync(string target, ListingBudget budget, CancellationToken cancellationToken);

    /// <summary>Forgets what it knows of the branch: something was taken back.</summary>
    void Forget();
}
