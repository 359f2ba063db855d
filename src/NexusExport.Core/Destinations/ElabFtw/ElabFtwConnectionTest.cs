using System.Text.Json;

namespace NexusExport.Destinations.ElabFtw;

/// <summary>Asks an eLabFTW server whether records could be sent with the settings as they are. Reads only.</summary>
internal sealed class ElabFtwConnectionTest(string destination, ElabFtwApi api, ElabFtwRefusals refusals, ElabFtwDestinationSettings settings)
{
    public async Task<ConnectionReport> RunAsync(CancellationToken cancellationToken)
    {
        var version = await api.GetAsync("info", info => info.GetProperty("elabftw_version").ToString(), cancellationToken);
        var who = await api.GetAsync("users/me", NameOf, cancellationToken);
        var mayWrite = await MayWriteAsync(cancellationToken);
        var team = await refusals.ReadTeamAsync(cancellationToken);
        if (mayWrite is false)
        {
            throw new ExportException(new ExportFault(ExportErrorCode.PermissionDenied, $"The API key of '{destination}' ({who}) may only read.")
            {
                RecommendedAction = "Make an API key with read/write permission in eLabFTW, and set api_key to it.",
            });
        }

        if (team.DemandsTemplate)
        {
            throw new ExportException(refusals.TemplateDemanded());
        }

        var kind = settings.Entity;
        await ElabFtwLookups.ResolveAsync(destination, api, "category", settings.Category, kind.Categories, checkIds: true, cancellationToken);
        await ElabFtwLookups.ResolveAsync(destination, api, "status", settings.Status, kind.Statuses, checkIds: true, cancellationToken);

        var message = $"Connected to {settings.Url} as {who}{(team.Name is null ? string.Empty : $" in the team '{team.Name}'")}; records become {kind.Path}.";
        if (!team.AllowsNewTags && settings.Tags.Length > 0)
        {
            message += $" Only admins of the team make new tags: each of '{settings.Tags}' has to be there already, or tags has to be changed.";
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
            var keys = await api.ListAsync("apikeys", key => (Id: key.GetProperty("id").ToString(), MayWrite: key.GetProperty("can_write").ToString() == "1"), cancellationToken);
            return keys.Where(key => key.Id == id).Select(key => (bool?)key.MayWrite).FirstOrDefault();
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
