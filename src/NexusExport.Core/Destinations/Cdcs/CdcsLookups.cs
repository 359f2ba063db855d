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
        _template = new(token => FindTemplateAsync(destination, api, settings, token));
        _workspace = new(async token => settings.AssignToWorkspace ? await FindWorkspaceAsync(destination, api, settings, token) : null);
        _users = new(async token => (await api.ListUsersAsync(token))
            .DistinctBy(user => user.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(user => user.Name, user => user.Id, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The template that records belong to.</summary>
    public Task<CdcsTemplate> TemplateAsync(CancellationToken cancellationToken) => _template.GetAsync(cancellationToken);

    /// <summary>The workspace that records go to; null where they are not assigned.</summary>
    public Task<CdcsNamed?> WorkspaceAsync(CancellationToken cancellationToken) => _workspace.GetAsync(cancellationToken);

    /// <summary>Id of the user that a record names ("ned" or "Ned Land (ned)"); null where CDCS has none of that name.</summary>
    public async Task<string?> UserIdAsync(string recordUser, CancellationToken cancellationToken) =>
        UserId(await _users.GetAsync(cancellationToken), recordUser);

    /// <summary>Ids of all users by their names.</summary>
    public Task<IReadOnlyDictionary<string, string>> UsersAsync(CancellationToken cancellationToken) => _users.GetAsync(cancellationToken);

    /// <summary>Id of the user that a record names among those of <see cref="UsersAsync"/>; null where there is none of that name.</summary>
    public static string? UserId(IReadOnlyDictionary<string, string> users, string recordUser) =>
        users.GetValueOrDefault(recordUser.Trim()) ?? (AccountIn(recordUser) is { } account ? users.GetValueOrDefault(account) : null);

    /// <summary>Asks for the template anew next time: the server does not know the id of this one any more.</summary>
    public void ForgetTemplate(CdcsTemplate stale) => _template.Forget(stale);

    /// <summary>Asks for the workspace anew next time.</summary>
    public void ForgetWorkspace(CdcsNamed stale) => _workspace.Forget(stale);

    /// <summary>The template that the settings mean, the first by display order where they name none. Throws RESOURCE_NOT_FOUND.</summary>
    public static async Task<CdcsTemplate> FindTemplateAsync(
        string destination, CdcsApi api, CdcsDestinationSettings settings, CancellationToken cancellationToken)
    {
        var templates = await api.ListTemplatesAsync(settings.Template, cancellationToken);
        if (ChooseTemplate(settings, templates) is { } template)
        {
            return template;
        }

        // The server compares titles exactly; a title of its may have white space round it that nobody sees.
        templates = settings.Template is null ? templates : await api.ListTemplatesAsync(title: null, cancellationToken);
        return ChooseTemplate(settings, templates) ?? throw new ExportException(NotFound(
            settings.Template is null
                ? $"'{destination}' finds no template that is open to all on the server."
                : $"'{destination}' finds no template '{settings.Template}' on the server.",
            "Upload the schema to CDCS as a global template, or set template to the title of one that is there" + Listed(templates.Select(one => one.Title)))
            with
            {
                ConcernsEveryRecord = true,
            });
    }

    /// <summary>The workspace that the settings mean. Throws RESOURCE_NOT_FOUND.</summary>
    public static async Task<CdcsNamed> FindWorkspaceAsync(
        string destination, CdcsApi api, CdcsDestinationSettings settings, CancellationToken cancellationToken)
    {
        var readable = await api.ListReadableWorkspacesAsync(cancellationToken);
        if (ChooseWorkspace(settings, readable) is { } workspace)
        {
            return workspace;
        }

        // One that the account may only write to is not among those that it may read.
        var writable = await api.ListWritableWorkspacesAsync(cancellationToken);
        return ChooseWorkspace(settings, writable) ?? throw new ExportException(NotFound(
            $"'{destination}' finds no workspace '{settings.Workspace}' that its account may use.",
            "Set workspace to the title of one that the account may use, or assign_to_workspace to false"
                + Listed(readable.Concat(writable).Select(one => one.Name)))
            with
            {
                ConcernsEveryRecord = true,
            });
    }

    private static CdcsTemplate? ChooseTemplate(CdcsDestinationSettings settings, IReadOnlyList<CdcsTemplate> templates) =>
        templates.OrderBy(template => template.Rank).FirstOrDefault(
            template => settings.Template is null || CdcsTitle.AreSame(template.Title, settings.Template));

    private static CdcsNamed? ChooseWorkspace(CdcsDestinationSettings settings, IReadOnlyList<CdcsNamed> workspaces) =>
        workspaces.FirstOrDefault(workspace => CdcsTitle.AreSame(workspace.Name, settings.Workspace));

    private static string Listed(IEnumerable<string> names) =>
        names.Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } known ? $": {string.Join(", ", known)}." : ".";

    internal static ExportFault NotFound(string message, string action) =>
        new(ExportErrorCode.ResourceNotFound, message) { RecommendedAction = action };

    private static string? AccountIn(string recordUser)
    {
        var open = recordUser.LastIndexOf('(');
        return open >= 0 && recordUser.TrimEnd().EndsWith(')') ? recordUser[(open + 1)..].TrimEnd().TrimEnd(')').Trim() : null;
    }
}
