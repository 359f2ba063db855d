using System.Text.Json;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>Asks an eLabFTW server whether records could be sent with the settings as they are. Reads only.</summary>
internal sealed class ElabFtwConnectionTest(
    string destination,
    ElabFtwApi api,
    ElabFtwRefusals refusals,
    ElabFtwDestinationSettings settings)
{
    public async Task<ConnectionReport> RunAsync(CancellationToken cancellationToken)
    {
        var version = await api.GetAsync("info", VersionOf, cancellationToken);
        var account = await api.GetAsync("users/me", ElabFtwAccount.From, cancellationToken);
        var mayWrite = await MayWriteAsync(cancellationToken);
        var team = await refusals.ReadTeamAsync(cancellationToken);
        if (mayWrite is false)
        {
            throw new ExportException(ElabFtwFaults.ReadOnlyKey($"The API key of '{destination}' ({account.Name}) may only read."));
        }

        if (team.DemandsTemplate)
        {
            throw new ExportException(refusals.TemplateDemanded());
        }

        if (!team.AllowsEntries && account.IsOrdinaryIn(team))
        {
            var message = $"The team of '{destination}' lets only its admins make {settings.Entity.Path}, and {account.Name} is none.";
            throw new ExportException(ElabFtwFaults.MayNotCreate(new(ExportErrorCode.PermissionDenied, message)));
        }

        var lookups = new ElabFtwLookups(destination, api, settings);
        await lookups.CategoryAsync(cancellationToken);
        await lookups.StatusAsync(cancellationToken);

        var where = team.Name is null ? string.Empty : $" in the team '{team.Name}'";
        var connected = $"Connected to {settings.Url} as {account.Name}{where}; records become {settings.Entity.Path}.";
        if (!team.AllowsNewTags && settings.Tags.Length > 0 && (account.AdminOf is null || account.IsOrdinaryIn(team)))
        {
            connected += $" Only admins of the team make new tags: those of '{settings.Tags}' have to be there, or tags has to be changed.";
        }

        return mayWrite is true
            ? new(connected, ["read", "write", "delete"], version)
            : new(connected + " The server does not tell whether this key may write.", ["read"], version);
    }

    // The account's keys are listed with what they may do, and a key begins with its own number.
    private async Task<bool?> MayWriteAsync(CancellationToken cancellationToken)
    {
        if (ElabFtwKey.IdOf(settings.ApiKey) is not { } id)
        {
            return null;
        }

        try
        {
            var keys = await api.ListAsync(
                "apikeys",
                key => (Id: ElabFtwJson.Text(key, "id"), MayWrite: ElabFtwJson.Flag(key, "can_write")),
                cancellationToken);
            return keys.Where(key => key.Id == id).Select(key => key.MayWrite).FirstOrDefault();
        }
        catch (ExportException ex) when (!ex.Fault.Recoverable)
        {
            // Older versions have no such list; the test has other things to tell.
            return null;
        }
    }

    // Anything that answers with an object may be one: whose key it is shows with the next question.
    private static string? VersionOf(JsonElement info) => info.ValueKind == JsonValueKind.Object
        ? ElabFtwJson.Text(info, "elabftw_version")
        : throw new FormatException($"{info.ValueKind} instead of an object");
}
