namespace NexusExport.Destinations.Cdcs;

/// <summary>
/// Lists what a server holds of the template. The account's own list comes straight from the database; only where a search finds more than
/// that, which is what other accounts have put where everybody reads, the search is read instead.
/// </summary>
internal sealed class CdcsLister(CdcsApi api, CdcsLookups lookups, CdcsDestinationSettings settings)
{
    private volatile CdcsListingCost? _known;

    /// <summary>What is there; null where looking for records one by one costs less.</summary>
    public async Task<CdcsInventory?> ListAsync(ListingBudget budget, CancellationToken cancellationToken)
    {
        // What was too much a moment ago is not asked for again.
        if (_known is { } before && before.Total > budget.Known && !before.IsWithin(budget))
        {
            return null;
        }

        var template = await lookups.TemplateAsync(cancellationToken);
        var workspace = await lookups.WorkspaceAsync(cancellationToken);
        var cost = await MeasureAsync(template, cancellationToken);
        _known = cost;
        var inventory = new CdcsInventory
        {
            HasOthers = !cost.IsOwnOnly,
            WorkspaceId = workspace?.Id,
            Users = settings.UserOwnedRecords ? await lookups.UsersAsync(cancellationToken) : null,
        };
        if (cost.Total <= budget.Known)
        {
            return inventory;
        }

        if (!cost.IsWithin(budget))
        {
            return null;
        }

        await foreach (var record in RecordsAsync(template, cost, cancellationToken))
        {
            inventory.Add(record);
        }

        inventory.IsWhole &= inventory.Count >= cost.Total;
        return inventory;
    }

    private async Task<CdcsListingCost> MeasureAsync(CdcsTemplate template, CancellationToken cancellationToken)
    {
        long own = 0;
        var seen = new List<CdcsEntry>();
        foreach (var version in template.AllIds)
        {
            var page = await api.FirstOfTemplateAsync(version, cancellationToken);
            own += page.Count ?? page.Records.Count;
            seen.AddRange(page.Records);
        }

        var all = own;
        if (settings.AssignToWorkspace || settings.UserOwnedRecords)
        {
            var page = await SearchAsync(template, cancellationToken);
            all = page.Count ?? page.Records.Count;
            seen.AddRange(page.Records);
        }

        return new(own, all, (long)seen.Select(record => record.Content?.Length ?? 0).DefaultIfEmpty().Average());
    }

    private async Task<CdcsRecordPage> SearchAsync(CdcsTemplate template, CancellationToken cancellationToken)
    {
        try
        {
            return await api.QueryPageAsync(Search(template), 1, withContent: true, cancellationToken);
        }
        catch (ExportException ex) when (!ex.Fault.Recoverable && ex.Fault.Code != ExportErrorCode.AuthExpired)
        {
            // A server without this search, or one that does not open it to this account.
            return CdcsRecordPage.End;
        }
    }

    private async IAsyncEnumerable<CdcsEntry> RecordsAsync(
        CdcsTemplate template,
        CdcsListingCost cost,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!cost.IsOwnOnly)
        {
            await foreach (var record in api.QueryAsync(Search(template), withContent: true, cancellationToken))
            {
                yield return record;
            }

            yield break;
        }

        foreach (var version in template.AllIds)
        {
            await foreach (var record in api.ListOfTemplateAsync(version, cancellationToken))
            {
                yield return record;
            }
        }
    }

    private static CdcsSearch Search(CdcsTemplate template) => new(Keyword: null, Title: null, template.AllIds);
}
