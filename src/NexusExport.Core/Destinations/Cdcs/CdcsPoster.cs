using System.Net;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.Cdcs;

/// <summary>
/// Makes a record with one POST, in the dialect that this server speaks: its name for the XML's field, and whether the workspace may
/// stand in the POST. Both are learnt from the first refusal and remembered for the run.
/// </summary>
internal sealed class CdcsPoster(string destination, CdcsApi api, CdcsLookups lookups, CdcsDestinationSettings settings)
{
    private volatile string _contentField = settings.ContentField == CdcsDestinationSettings.AutoContentField
        ? CdcsDestinationSettings.XmlContentField
        : settings.ContentField;

    private volatile bool _workspaceInPost = true;

    /// <summary>Makes the record and returns what the server says of it.</summary>
    public async Task<CdcsEntry> PostAsync(ExportContext context, string title, CancellationToken cancellationToken)
    {
        var template = await lookups.TemplateAsync(cancellationToken);
        var workspace = await lookups.WorkspaceAsync(cancellationToken);
        var dialect = new Dialect(_contentField, _workspaceInPost);
        while (true)
        {
            var json = CdcsRequestBody.Write(
                title, template.CurrentId, dialect.WorkspaceInPost ? workspace?.Id : null, dialect.ContentField, context.Content.Utf8.Span);
            var answer = await api.PostAsync(json, cancellationToken);
            if (answer.Status == HttpStatusCode.BadRequest)
            {
                RefuseUnknownIds(answer, template, workspace);

                // A 400 made nothing, so asking again in another way is no second attempt. Each step is taken once.
                if (Relearn(answer, dialect) is { } other)
                {
                    dialect = other;
                    continue;
                }
            }

            var record = api.RecordOf(answer);
            _contentField = dialect.ContentField;
            _workspaceInPost = dialect.WorkspaceInPost;
            return record;
        }
    }

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

    private void RefuseUnknownIds(HttpAnswer answer, CdcsTemplate template, CdcsNamed? workspace)
    {
        if (CdcsFaults.IsUnknownId(answer, "template"))
        {
            lookups.ForgetTemplate();
            throw new ExportException(CdcsLookups.NotFound(
                $"The template '{template.Title}' (version {template.CurrentId}) is not on the server of '{destination}' any more.",
                "Run the export again: the template is looked up anew. If that fails, set template to the title of one that is there."));
        }

        if (workspace is not null && CdcsFaults.IsUnknownId(answer, "workspace"))
        {
            lookups.ForgetWorkspace();
            throw new ExportException(CdcsLookups.NotFound(
                $"The workspace '{workspace.Name}' is not on the server of '{destination}' any more.",
                "Run the export again: the workspace is looked up anew. If that fails, set workspace to the title of one that is there."));
        }
    }

    private sealed record Dialect(string ContentField, bool WorkspaceInPost, bool FieldSwitched = false);
}
