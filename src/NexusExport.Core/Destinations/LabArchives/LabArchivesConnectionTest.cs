using System.Globalization;

namespace NexusExport.Destinations.LabArchives;

/// <summary>Asks LabArchives whether records could be sent with the settings as they are. Reads only.</summary>
internal sealed class LabArchivesConnectionTest(LabArchivesApi api, LabArchivesDestinationSettings settings)
{
    private const double BytesInAMegabyte = 1024 * 1024;

    public async Task<ConnectionReport> RunAsync(CancellationToken cancellationToken)
    {
        var offset = await api.Clock.ReadAgainAsync(cancellationToken);
        var who = await api.WhoAsync(cancellationToken);
        var limit = await api.MaxFileSizeAsync(cancellationToken);
        var root = await api.ListAsync(LabArchivesNode.RootId, cancellationToken);
        var writable = root.FirstOrDefault(node => node.Is(page: false, settings.Folder)) is not { CanWrite: false };
        var where = $"Connected to {settings.Url} as {who}; records go to '{settings.Folder}'"
            + (writable ? "." : ", where this account may not write.");
        return new($"{where}{Limit(limit)}{Clock(offset)}", writable ? ["read", "write"] : ["read"]);
    }

    private static string Limit(long? bytes) =>
        bytes is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" Attachments may have up to {bytes / BytesInAMegabyte:0.#} MB.");

    private static string Clock(TimeSpan offset) => offset.Duration() < LabArchivesClock.Meaningful
        ? string.Empty
        : string.Create(
            CultureInfo.InvariantCulture,
            $" This machine's clock is {offset.Duration().TotalSeconds:0} s {(offset > TimeSpan.Zero ? "behind" : "ahead of")} the server's, which is allowed for.");
}
