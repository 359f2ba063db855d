using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.Cdcs;

/// <summary>The ids behind the names in the settings: asked for once a run, by whichever record needs them first.</summary>
internal sealed class CdcsLookups
{
    private readonly SharedLookup<CdcsTemplate> _template;
    private readonly SharedLookup<CdcsNamed?> _workspace;
    private readonly SharedLookup<IReadOnlyDictionary<string, string>> _users;

    public CdcsLookups(string destination, CdcsApi api, CdcsDestinationSettings settings)
    {
        _template = new(async token => ChooseTemplate(destination, settings, await api.ListTemplatesAsync(settings.Template, token)));
        _workspace = new(async token => settings.AssignToWorkspace
            ? ChooseWorkspace(destination, settings, await api.ListReadableWorkspacesAsync(token))
            : null);
        _users = new(async token => (await api.ListUsersAsync(token))
            .DistinctBy(user => user.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(user => user.Name, user => user.Id, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The template that records belong to.</summary>
    public Task<CdcsTemplate> TemplateAsync(CancellationToken cancellationToken) => _template.GetAsync(cancellationToken);

    /// <summary>The workspace that records go to; null where they are not assigned.</summary>
    public Task<CdcsNamed?> WorkspaceAsync(CancellationToken cancellationToken) => _workspace.GetAsync(cancellationToken);

    /// <summary>Id of the user that a record names ("ned" or "Ned Land (ned)"); null where CDCS has none of that name.</summary>
    public async Task<string?> UserIdAsync(string recordUser, CancellationToken cancellationToken)
    {
        var users = await _users.GetAsync(cancellationToken);
        return users.GetValueOrDefault(recordUser.Trim()) ?? (AccountIn(recordUser) is { } account ? users.GetValueOrDefault(account) : null);
    }

    /// <summary>Asks for the template anew next time: the server does not know the id any more.</summary>
    public void ForgetTemplate() => _template.Forget();

    /// <summary>Asks for the workspace anew next time.</summary>
    public void ForgetWorkspace() => _workspace.Forget();

    /// <summary>The template that the settings mean among those of the server. Throws RESOURCE_NOT_FOUND.</summary>
    public static CdcsTemplate ChooseTemplate(string destination, CdcsDestinationSettings settings, IReadOnlyList<CdcsTemplate> templates) =>
        templates.OrderBy(template => template.Rank).FirstOrDefault(template => settings.Template is null || template.Title == settings.Template)
        ?? throw new ExportException(NotFound(
            settings.Template is null
                ? $"'{destination}' finds no template that is open to all on the server."
                : $"'{destination}' finds no template '{settings.Template}' on the server.",
            "Upload the schema to CDCS as a global template, or set template to the title of one that is there."));

    /// <summary>The workspace that the settings mean. Throws RESOURCE_NOT_FOUND.</summary>
    public static CdcsNamed ChooseWorkspace(string destination, CdcsDestinationSettings settings, IReadOnlyList<CdcsNamed> workspaces) =>
        workspaces.FirstOrDefault(workspace => workspace.Name == settings.Workspace)
        ?? throw new ExportException(NotFound(
            $"'{destination}' finds no workspace '{settings.Workspace}' that its account may read.",
            "Set workspace to the title of one that the account may use, or assign_to_workspace to false."));

    internal static ExportFault NotFound(string message, string action) =>
        new(ExportErrorCode.ResourceNotFound, message) { RecommendedAction = action };

    private static string? AccountIn(string recordUser)
    {
        var open = recordUser.LastIndexOf('(');
        return open >= 0 && recordUser.TrimEnd().EndsWith(')') ? recordUser[(open + 1)..].TrimEnd().TrimEnd(')').Trim() : null;
    }
}
