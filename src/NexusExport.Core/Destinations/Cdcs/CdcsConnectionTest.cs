using System.Text;
using NexusExport.Destinations.Http;

namespace NexusExport.Destinations.Cdcs;

/// <summary>
/// Asks a CDCS server whether records could be sent with the settings as they are, and leaves nothing there. The lists of workspaces do not
/// tell: the global public one is never among those that an ordinary account may write to, and the right to publish is in no list at all. So a
/// text that is no record is sent the way a record would be. The server looks at the rights first and at the text afterwards.
/// </summary>
internal sealed class CdcsConnectionTest(CdcsApi api, CdcsLookups lookups, CdcsUploader poster, CdcsDestinationSettings settings)
{
    private const string Title = "NexusExport connection test";

    /// <summary>Throws what an export would throw.</summary>
    public async Task<ConnectionReport> RunAsync(CancellationToken cancellationToken)
    {
        var templates = settings.Template is null ? await api.ListTemplatesAsync(title: null, cancellationToken) : [];
        var template = await lookups.TemplateAsync(cancellationToken);
        var workspace = await lookups.WorkspaceAsync(cancellationToken);
        var version = await api.GetVersionAsync(cancellationToken);
        await RequireWriteAsync(cancellationToken);
        if (settings.UserOwnedRecords)
        {
            await lookups.UsersAsync(cancellationToken);
        }

        var choice = templates.Count > 1
            ? $" ('{template.Title}' is the first of {templates.Count} templates, an order that an administrator can change: set template to stay with it)"
            : string.Empty;
        var place = workspace is null ? ", private to the account of the token" : $" in the workspace '{workspace.Name}'";
        return new($"Connected to {settings.Url}; records become '{template.Title}' records{place}.{choice}", ["read", "write"], version);
    }

    private async Task RequireWriteAsync(CancellationToken cancellationToken)
    {
        var answer = await poster.SendAsync(Encoding.UTF8.GetBytes($"{Title}: no record"), Title, cancellationToken);
        if (answer.IsSuccess)
        {
            // A server that checks nothing has taken it.
            await api.DeleteAsync(api.RecordOf(answer).Id, cancellationToken);
        }
        else if (!CdcsFaults.IsAboutTheText(answer))
        {
            throw new ExportException(api.FaultOf(answer));
        }
    }
}
