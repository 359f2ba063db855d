using System.Net;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.Cdcs;

/// <summary>
/// Makes a record with one POST, in the dialect that this server speaks: its name for the XML's field, and whether the workspace may
/// stand in the POST. Both are learnt from the first refusal and remembered for the run. A refusal for want of rights is final: assigning the
/// workspace afterwards asks for the very same right (recorded: 500 here, 403 with the same words there).
/// </summary>
internal sealed class CdcsUploader(string destination, CdcsApi api, CdcsLookups lookups, CdcsDestinationSettings settings)
{
    private volatile string _contentField = settings.ContentField == CdcsDestinationSettings.AutoContentField
        ? CdcsDestinationSettings.XmlContentField
        : settings.ContentField;

    private volatile bool _workspaceInPost = true;

    /// <summary>Makes the record and returns what the server says of it.</summary>
    /// <param name="content">The XML.</param>
    /// <param name="title">Its title.</param>
    /// <param name="cancellationToken">Stops between and within calls.</param>
    public async Task<CdcsEntry> PostAsync(CdcsContent content, string title, CancellationToken cancellationToken) =>
        api.RecordOf(await SendAsync(content.Utf8, title, cancellationToken));

    /// <summary>
    /// Sends what is to become a record and returns the last answer, once the dialect is found; throws for ids that the server does not know.
    /// </summary>
    public async Task<HttpAnswer> SendAsync(ReadOnlyMemory<byte> xml, string title, CancellationToken cancellationToken)
    {
        var template = await lookups.TemplateAsync(cancellationToken);
        var workspace = await lookups.WorkspaceAsync(cancellationToken);
        var dialect = new Dialect(_contentField, _workspaceInPost);
        while (true)
        {
            var json = CdcsRequestBody.Write(title, template.CurrentId, dialect.WorkspaceInPost ? workspace?.Id : null, dialect.ContentField, xml.Span);
            var answer = await api.PostAsync(json, cancellationToken);
            if (answer.Status == HttpStatusCode.BadRequest)
            {
                // A 400 made nothing, so asking again in another way is no second attempt. Each step is taken once.
                if (await LookUpAnewAsync(answer, template, workspace, cancellationToken) is { } current && !dialect.LookedUpAnew)
                {
                    (template, workspace) = current;
                    dialect = dialect with { LookedUpAnew = true };
                    continue;
                }

                if (Relearn(answer, dialect) is { } other)
                {
                    dialect = other;
                    continue;
                }
            }
            else
            {
                _contentField = dialect.ContentField;
                _workspaceInPost = dialect.WorkspaceInPost;
            }

            return answer;
        }
    }

    // What the server complains of is what it wants: the other name of the field, or no workspace here.
    private Dialect? Relearn(HttpAnswer answer, Dialect dialect)
    {
        if (dialect.WorkspaceInPost && settings.AssignToWorkspace && ServerMessage.AboutField(answer, "workspace") is not null)
        {
            return dialect with { WorkspaceInPost = false };
        }

        var other = dialect.ContentField == CdcsDestinationSettings.XmlContentField
            ? CdcsDestinationSettings.PlainContentField
            : CdcsDestinationSettings.XmlContentField;
        var mayLearn = settings.ContentField == CdcsDestinationSettings.AutoContentField && !dialect.FieldSwitched;
        return mayLearn && ServerMessage.AboutField(answer, other) is not null
            ? dialect with { ContentField = other, FieldSwitched = true }
            : null;
    }

    // The ids of the run are its first record's: an administrator may have removed a template's version since.
    private async Task<(CdcsTemplate Template, CdcsNamed? Workspace)?> LookUpAnewAsync(
        HttpAnswer answer, CdcsTemplate template, CdcsNamed? workspace, CancellationToken cancellationToken)
    {
        if (CdcsFaults.IsUnknownId(answer, "template"))
        {
            lookups.ForgetTemplate(template);
            var current = await lookups.TemplateAsync(cancellationToken);
            return current.CurrentId != template.CurrentId ? (current, workspace) : throw new ExportException(CdcsLookups.NotFound(
                $"The template '{template.Title}' (version {template.CurrentId}) is not on the server of '{destination}' any more, although it is listed.",
                "Run the export again: the template is looked up anew. If that fails, set template to the title of one that is there."));
        }

        if (workspace is not null && CdcsFaults.IsUnknownId(answer, "workspace"))
        {
            lookups.ForgetWorkspace(workspace);
            var current = await lookups.WorkspaceAsync(cancellationToken);
            return current is not null && current.Id != workspace.Id ? (template, current) : throw new ExportException(CdcsLookups.NotFound(
                $"The workspace '{workspace.Name}' is not on the server of '{destination}' any more, although it is listed.",
                "Run the export again: the workspace is looked up anew. If that fails, set workspace to the title of one that is there."));
        }

        return null;
    }

    private sealed record Dialect(string ContentField, bool WorkspaceInPost, bool FieldSwitched = false, bool LookedUpAnew = false);
}
