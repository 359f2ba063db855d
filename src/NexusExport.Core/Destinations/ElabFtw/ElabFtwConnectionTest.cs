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
        var version = await api.GetAsync("info", info => info.GetProperty("elabftw_version").ToString(), cancellationToken);
        var who = await api.GetAsync("users/me", NameOf, cancellationToken);
        var mayWrite = await MayWriteAsync(cancellationToken);
        var team = await refusals.ReadTeamAsync(cancellationToken);
        if (mayWrite is false)
        {
            throw new ExportException(ElabFtwFaults.ReadOnlyKey($"The API key of '{destination}' ({who}) may only read."));
        }

        if (team.DemandsTemplate)
        {
            throw new ExportException(refusals.TemplateDemanded());
        }

        var lookups = new ElabFtwLookups(destination, api, settings, checkIds: true);
        await lookups.CategoryAsync(cancellationToken);
        await lookups.StatusAsync(cancellationToken);

        var where = team.Name is null ? string.Empty : $" in the team '{team.Name}'";
        var message = $"Connected to {settings.Url} as {who}{where}; records become {settings.Entity.Path}.";
        if (!team.AllowsNewTags && settings.Tags.Length > 0)
        {
            message += $" Only admins of the team make new tags: those of '{settings.Tags}' have to be there, or tags has to be changed.";
        }

        return mayWrite is true
            ? new(message, ["read", "write", "delete"], version)
            : new(message + " The server does not tell whether this key may write.", ["read"], version);
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
            var keys = await api.ListAsync("apikeys", key => (Id: $"{key.GetProperty("id")}", Rights: $"{key.GetProperty("can_write")}"), cancellationToken);
            return keys.Where(key => key.Id == id).Select(key => (bool?)(key.Rights == "1")).FirstOrDefault();
        }
        catch (ExportException)
        {
            // Older versions have no such list; the test has other things to tell.
            return null;
        }
    }

    private static string NameOf(JsonElement user)
    {
        var full = user.TryGetProperty("fullname", out var name) ? name.ToString() : string.Empty;
        return full.Length > 0 ? full : $"{user.GetProperty("firstname")} {user.GetProperty("lastname")}".Trim();
    }
}
