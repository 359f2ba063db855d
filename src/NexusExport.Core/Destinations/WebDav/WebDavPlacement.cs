using System.Net;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.WebDav;

/// <summary>Puts a record under the first of its names that is free: sent hidden and moved, or put there at once where nothing moves.</summary>
internal sealed class WebDavPlacement(WebDavApi api, bool overwrites)
{
    private volatile bool _canMove = true;

    /// <summary>Places the record; a fault tells of the hidden file that is left to the next attempt.</summary>
    /// <param name="context">The export, whose journal is told before anything is sent.</param>
    /// <param name="names">The names.</param>
    /// <param name="free">Number of the first one that was free a moment ago.</param>
    /// <param name="cancellationToken">Stops within and between requests; the journal then knows the hidden file.</param>
    public async Task<DestinationReceipt> PlaceAsync(
        ExportContext context,
        WebDavNames names,
        int free,
        CancellationToken cancellationToken)
    {
        if (_canMove)
        {
            var pending = WebDavPendingFile.For(api, context.Existing);
            var unfinished = WebDavReceipt.Unfinished(pending.Name, api.UrlOf(pending.Name), context.Content);
            await context.ReportProgressAsync(unfinished, cancellationToken);
            try
            {
                if (await TryMoveInAsync(context, pending, names, free, cancellationToken) is { } moved)
                {
                    return moved;
                }
            }
            catch (ExportException ex)
            {
                // What may pass leaves the file to the next attempt, which looks under the record's own name first; a refusal takes it away.
                var stays = ex.Fault.Recoverable || ex.Fault.MayHaveCommitted || !await pending.TryRemoveAsync(cancellationToken);
                throw new ExportException(stays ? ex.Fault with { Partial = unfinished } : ex.Fault, ex);
            }
        }

        return await PutInAsync(context, names, free, cancellationToken);
    }

    private async Task<DestinationReceipt?> TryMoveInAsync(
        ExportContext context,
        WebDavPendingFile pending,
        WebDavNames names,
        int free,
        CancellationToken cancellationToken)
    {
        await pending.WriteAsync(context.Content, cancellationToken);
        while (true)
        {
            var answer = await api.MoveAsync(pending.Name, names[free], overwrites, cancellationToken);
            if (answer.Status is HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented)
            {
                _canMove = false;
                await pending.TryRemoveAsync(cancellationToken);
                return null;
            }

            if (!IsTaken(answer))
            {
                api.Require(answer);
                return Receipt(context, names[free], identical: false);
            }

            (var identical, free) = await NextAsync(context, names, free, answer, cancellationToken);
            if (identical is not null)
            {
                await pending.TryRemoveAsync(cancellationToken);
                return Receipt(context, identical, identical: true);
            }
        }
    }

    private async Task<DestinationReceipt> PutInAsync(
        ExportContext context,
        WebDavNames names,
        int free,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await api.PutAsync(names[free], context.Content.Bytes, context.Content.MediaType, onlyNew: !overwrites, cancellationToken);
            if (!IsTaken(answer))
            {
                api.Require(answer);
                return Receipt(context, names[free], identical: false);
            }

            (var identical, free) = await NextAsync(context, names, free, answer, cancellationToken);
            if (identical is not null)
            {
                return Receipt(context, identical, identical: true);
            }
        }
    }

    private bool IsTaken(HttpAnswer answer) => !overwrites && answer.Status == HttpStatusCode.PreconditionFailed;

    // Somebody else took the name since: look at what they put there, and go on from it. A 412 without anybody under the name means
    // something else, and would come again for ever.
    private async Task<(string? Identical, int Free)> NextAsync(
        ExportContext context,
        WebDavNames names,
        int taken,
        HttpAnswer answer,
        CancellationToken cancellationToken)
    {
        var next = await names.FindAsync(context.Content, taken, cancellationToken);
        if (next.Name is null && next.Free == taken)
        {
            api.Require(answer);
        }

        return next;
    }

    private DestinationReceipt Receipt(ExportContext context, string name, bool identical) =>
        WebDavReceipt.Of(name, api.UrlOf(name), context.Content, identical);
}
