using System.Globalization;

namespace NexusExport.Destinations.Drive;

/// <summary>Asks Drive whether files could be put into the folder with the settings as they are. Reads only.</summary>
internal sealed class DriveConnectionTest(string destination, DriveApi api, DriveDestinationSettings settings)
{
    private const double Gibibyte = 1024d * 1024 * 1024;

    public async Task<ConnectionReport> RunAsync(CancellationToken cancellationToken)
    {
        var folder = await api.FolderAsync(settings.FolderId, cancellationToken);
        if (!folder.IsFolder)
        {
            throw new ExportException(
                ExportErrorCode.ConfigurationInvalid,
                $"The folder_id of '{destination}' is that of '{folder.Name}', which is no folder.");
        }

        var (account, free) = await api.AboutAsync(cancellationToken);
        var whose = account ?? "the account of the credentials";
        if (!folder.CanAddChildren)
        {
            throw new ExportException(
                ExportErrorCode.PermissionDenied,
                $"'{destination}' may not put files into the folder '{folder.Name}' as {whose}.");
        }

        var where = folder.DriveId is null ? "folder" : "shared drive's folder";

        // A shared drive's files count against nobody's own quota.
        var space = folder.DriveId is null && free is { } bytes
            ? string.Create(CultureInfo.InvariantCulture, $", {bytes / Gibibyte:0.0} GiB free")
            : string.Empty;
        return new($"Connected as {whose}; records go to the {where} '{folder.Name}'{space}.", ["read", "write"], "v3");
    }
}
