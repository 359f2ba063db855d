using System.Globalization;

namespace NexusExport.Destinations.LabArchives;

/// <summary>Asks LabArchives whether records could be sent with the settings as they are. Reads only.</summary>
internal sealed class LabArchivesConnectionTest(string destination, LabArchivesApi api, LabArchivesDestinationSettings settings)
{
    private const double BytesInAMegabyte = 1024 * 1024;

    public async Task<ConnectionReport> RunAsync(CancellationToken cancellationToken)
    {
        var offset = await api.Clock.ReadAgainAsync(cancellationToken);
        var who = await api.WhoAsync(cancellationToken);
        var limit = await api.MaxFileSizeAsync(cancellationToken);
        var root = await api.ListAsync(LabArchivesNode.RootId, cancellationToken);
        var folders = root.Where(node => node.Is(page: false, settings.Folder)).ToList();
        RequireWritable(root, folders, who);
        var where = folders.Count > 0 ? $"records go to '{settings.Folder}'." : $"records go to '{settings.Folder}', which the first one makes.";
        return new($"Connected to {settings.Url} as {who}; {where}{Limit(limit)}{Clock(offset)}", ["read", "write"]);
    }

    /// <summary>
    /// Throws PERMISSION_DENIED where the folder, or what it would be made in, may not be written to. The API tells rights of what lies in the
    /// notebook, not of the notebook itself: where none of it may be written to, neither may the notebook.
    /// </summary>
    private void RequireWritable(IReadOnlyList<LabArchivesNode> root, List<LabArchivesNode> folders, string who)
    {
        var place = folders.Count > 0 ? $"the folder '{settings.Folder}'" : "the notebook";
        var asked = folders.Count > 0 ? folders : root;
        if (asked.Count > 0 && asked.All(node => !node.CanWrite))
        {
            throw new ExportException(
                new ExportFault(ExportErrorCode.PermissionDenied, $"'{destination}' is reached as {who}, who may read {place} and not write to it.")
                {
                    RecommendedAction = LabArchivesFaults.PermissionAdvice,
                });
        }
    }

    private static string Limit(long? bytes) =>
        bytes is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" Attachments may have up to {bytes / BytesInAMegabyte:0.#} MB.");

    private static string Clock(TimeSpan offset) => offset.Duration() < LabArchivesClock.Meaningful
        ? string.Empty
        : string.Create(
            CultureInfo.InvariantCulture,
            $" This machine's clock is {offset.Duration().TotalSeconds:0} s {(offset > TimeSpan.Zero ? "behind" : "ahead of")} the server's, which is allowed for.");
}
