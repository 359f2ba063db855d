using System.Net;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.WebDav;

/// <summary>Puts a record under the first of its names that is free: sent hidden and moved, or put there at once where nothing moves.</summary>
internal sealed class WebDavUploader(string destination, WebDavApi api, string collection, bool overwrites)
{
    private readonly WebDavMover _mover = new(api, collection);
    private volatile bool _canMove = true;

    /// <summary>Whether the last record was moved to its name, rather than put there at once.</summary>
    public bool CanMove => _canMove;

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
            var unfinished = WebDavReceipts.Unfinished(pending.Name, api.UrlOf(pending.Name), context.Document.Content);
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
        await pending.WriteAsync(context.Document.Content, cancellationToken);
        while (true)
        {
            var replaces = overwrites && await names.IsFirstAFileAsync(cancellationToken);
            var (answer, isRefused) = await _mover.MoveAsync(pending.Name, names[free], replaces, cancellationToken);
            if (isRefused)
            {
                await StopMovingAsync(pending, answer, cancellationToken);
                return null;
            }

            if (replaces || !IsTaken(answer))
            {
                await RequireMovedAsync(answer, pending, names, free, context.Document.Content, cancellationToken);
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

    // A 201 or a 204 is plain. Anything else that counts as a success may be none (a 207 with a failure in it, a 202 that is worked on
    // still): then only a look tells.
    private async Task RequireMovedAsync(
        HttpAnswer answer,
        WebDavPendingFile pending,
        WebDavNames names,
        int number,
        FormattedContent content,
        CancellationToken cancellationToken)
    {
        if (answer.Status is HttpStatusCode.Created or HttpStatusCode.NoContent)
        {
            return;
        }

        // A 404 can be a file that an earlier request has moved meanwhile, whose answer came too late.
        var mayBeThere = answer.IsSuccess || answer.Status == HttpStatusCode.NotFound;
        if (mayBeThere && await names.HoldsAsync(number, content, cancellationToken))
        {
            // What could not be done may be to take the hidden file away.
            await pending.TryRemoveAsync(cancellationToken);
            return;
        }

        api.Require(answer);
        throw new ExportException(api.Unreadable(answer, "the file is not there under its name") with { Recoverable = true });
    }

    private async Task StopMovingAsync(WebDavPendingFile pending, HttpAnswer refusal, CancellationToken cancellationToken)
    {
        if (!overwrites && !await pending.IsGuardedAsync(cancellationToken))
        {
            throw new ExportException(NothingGoes(refusal));
        }

        _canMove = false;
        await pending.TryRemoveAsync(cancellationToken);
    }

    private ExportFault NothingGoes(HttpAnswer refusal) => new(
        ExportErrorCode.ConfigurationInvalid,
        $"'{destination}' does not rename files (MOVE is answered {(int)refusal.Status}), and overwrites files that it is asked to keep (If-None-Match): "
        + "one record could overwrite another, so none was sent.")
    {
        RecommendedAction = "Have MOVE allowed for this collection. Behind a proxy that ends TLS, have the proxy pass on the Destination header with the scheme and the "
            + "host by which the server behind it knows itself (Apache: RequestHeader edit Destination ^https: http: early).",
        ConcernsEveryRecord = true,
    };

    private async Task<DestinationReceipt> PutInAsync(
        ExportContext context,
        WebDavNames names,
        int free,
        CancellationToken cancellationToken)
    {
        var content = context.Document.Content;
        while (true)
        {
            if (overwrites)
            {
                await names.IsFirstAFileAsync(cancellationToken);
            }

            var answer = await api.PutAsync(names[free], content.Bytes, content.MediaType, onlyNew: !overwrites, cancellationToken);
            if (overwrites || !IsTaken(answer))
            {
                api.Require(answer);
                await RequireArrivedAsync(names[free], content, cancellationToken);
                return Receipt(context, names[free], identical: false);
            }

            (var identical, free) = await NextAsync(context, names, free, answer, cancellationToken);
            if (identical is not null)
            {
                return Receipt(context, identical, identical: true);
            }
        }
    }

    // Half a record must not stay under a record's name.
    private async Task RequireArrivedAsync(string name, FormattedContent content, CancellationToken cancellationToken)
    {
        try
        {
            await new WebDavArrival(api).CheckAsync(name, content, cancellationToken);
        }
        catch (ExportException ex) when (ex.Fault.Code is ExportErrorCode.IntegrityMismatch or ExportErrorCode.StorageFull)
        {
            await api.TryDeleteAsync(name, cancellationToken);
            throw;
        }
    }

    private static bool IsTaken(HttpAnswer answer) =>
        (WebDavMultiStatus.FailureIn(answer) ?? answer.Status) == HttpStatusCode.PreconditionFailed;

    // Somebody else took the name since: look at what they put there, and go on from it. A 412 without anybody under the name means
    // something else, and would come again for ever.
    private async Task<(string? Identical, int Free)> NextAsync(
        ExportContext context,
        WebDavNames names,
        int taken,
        HttpAnswer answer,
        CancellationToken cancellationToken)
    {
        if (overwrites && await names.IsFirstAFileAsync(cancellationToken))
        {
            return (null, taken);
        }

        var next = await names.FindAsync(context.Document.Content, taken, cancellationToken);
        if (next.Name is null && next.Free == taken)
        {
            api.Require(answer);
        }

        return next;
    }

    private DestinationReceipt Receipt(ExportContext context, string name, bool identical) =>
        WebDavReceipts.Of(name, api.UrlOf(name), context.Document.Content, identical);
}
