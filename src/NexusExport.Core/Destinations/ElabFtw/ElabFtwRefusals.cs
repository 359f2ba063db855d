namespace NexusExport.Destinations.ElabFtw;

/// <summary>
/// What a refusal to make an entry means. eLabFTW writes its sentences in the user's language, so the team's settings and the entry
/// itself are asked rather than the sentence.
/// </summary>
internal sealed class ElabFtwRefusals(string destination, ElabFtwApi api, ElabFtwFinder finder, ElabFtwDestinationSettings settings)
{
    /// <summary>Explains a 400; an entry that the server made before it refused the tags is in the fault's Partial.</summary>
    /// <param name="fault">The refusal.</param>
    /// <param name="context">The export.</param>
    /// <param name="tags">Tags that were asked for.</param>
    /// <param name="receiptOf">Makes the receipt of an entry's id.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public async Task<ExportFault> ExplainAsync(
        ExportFault fault,
        ExportContext context,
        IReadOnlyList<string> tags,
        Func<string, DestinationReceipt> receiptOf,
        CancellationToken cancellationToken)
    {
        try
        {
            if ((await ReadTeamAsync(cancellationToken)).DemandsTemplate)
            {
                return TemplateDemanded() with { Message = fault.Message };
            }

            return tags.Count > 0 && await finder.FindEntryAsync(context, cancellationToken) is { } id
                ? TagsRefused(fault, tags) with { Partial = receiptOf(id) with { IsComplete = false, BytesSent = 0 } }
                : fault;
        }
        catch (ExportException)
        {
            // The refusal says more than the question after it; but whether an entry was made before the tags were refused is not known.
            return fault with { MayHaveCommitted = tags.Count > 0 };
        }
    }

    /// <summary>What the team of the key allows.</summary>
    public Task<ElabFtwTeam> ReadTeamAsync(CancellationToken cancellationToken) =>
        api.GetAsync("teams/current", team => ElabFtwTeam.From(team, settings.Entity), cancellationToken);

    /// <summary>The fault of a team that demands templates.</summary>
    public ExportFault TemplateDemanded() =>
        new(ExportErrorCode.RequestRejected, $"The team of '{destination}' lets nobody make {settings.Entity.Path} without a template.")
        {
            RecommendedAction =
                $"Have a team admin switch off the setting that demands a template for {settings.Entity.Path} (admin panel of eLabFTW), "
                + "or use the API key of another team.",
            ConcernsEveryRecord = true,
        };

    /// <summary>The fault of tags that the server did not take.</summary>
    public ExportFault TagsRefused(ExportFault fault, IReadOnlyList<string> tags) => fault with
    {
        Message = $"{fault.Message.TrimEnd('.')}. Of '{destination}' these tags were asked for: {string.Join(", ", tags)}.",
        RecommendedAction =
            "Have a team admin let users create tags, or make these tags once (admin panel of eLabFTW), "
            + "or set tags to ones that the team has; then run the export again: the entry is completed.",
    };
}
