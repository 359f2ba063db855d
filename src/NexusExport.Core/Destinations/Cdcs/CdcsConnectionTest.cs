namespace NexusExport.Destinations.Cdcs;

/// <summary>Asks a CDCS server whether records could be sent with the settings as they are. Reads only.</summary>
internal sealed class CdcsConnectionTest(string destination, CdcsApi api, CdcsDestinationSettings settings)
{
    public async Task<ConnectionReport> RunAsync(CancellationToken cancellationToken)
    {
        var templates = await api.ListTemplatesAsync(settings.Template, cancellationToken);
        var template = CdcsLookups.ChooseTemplate(destination, settings, templates);
        var readable = await api.ListReadableWorkspacesAsync(cancellationToken);
        var writable = await api.ListWritableWorkspacesAsync(cancellationToken);
        var where = $"Connected to {settings.Url}; records become '{template.Title}' records";
        if (!settings.AssignToWorkspace)
        {
            return new($"{where}, private to the account of the token.", ["read", "write"]);
        }

        var workspace = CdcsLookups.ChooseWorkspace(destination, settings, [.. writable, .. readable]);
        return writable.Any(candidate => candidate.Id == workspace.Id)
            ? new($"{where} in the workspace '{workspace.Name}'.", ["read", "write"])
            : new($"{where} in the workspace '{workspace.Name}', which the server does not list as writable for this account.", ["read"]);
    }
}
