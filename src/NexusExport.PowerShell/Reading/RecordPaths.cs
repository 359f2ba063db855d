using System.Management.Automation;
using NexusExport.PowerShell.Pumping;

namespace NexusExport.PowerShell.Reading;

/// <summary>Turns -Path (wildcards) and -LiteralPath into full paths of the file system, by PowerShell's own providers.</summary>
internal sealed class RecordPaths(PathIntrinsics paths, ICmdletStreams streams) : IRecordPaths
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Resolve(IReadOnlyList<string>? wildcards, IReadOnlyList<string>? literals) =>
        [.. (wildcards ?? []).SelectMany(Expand), .. (literals ?? []).SelectMany(Find)];

    /// <inheritdoc/>
    public string? FindQuietly(string path)
    {
        try
        {
            var full = paths.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return IsFileSystem(provider) && System.IO.Path.Exists(full) ? full : null;
        }
        catch (SessionStateException)
        {
            return null;
        }
    }

    // A file's own name may look like a pattern, a[1].xml: where the pattern finds nothing but such a file is there, it is what is meant.
    private IReadOnlyList<string> Expand(string path) => Guard(path, () =>
    {
        var found = paths.GetResolvedProviderPathFromPSPath(path, out var provider);
        return !IsFileSystem(provider, path) ? []
            : found.Count == 0 && FindQuietly(path) is { } itself ? [itself]
            : [.. found];
    });

    private IReadOnlyList<string> Find(string path) => Guard(path, () =>
    {
        var full = paths.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        if (!IsFileSystem(provider, path))
        {
            return [];
        }

        if (!System.IO.Path.Exists(full))
        {
            Missing(path, $"There is no file or folder '{full}'.");
            return [];
        }

        return [full];
    });

    private IReadOnlyList<string> Guard(string path, Func<IReadOnlyList<string>> resolve)
    {
        try
        {
            return resolve();
        }
        catch (SessionStateException ex)
        {
            // ItemNotFoundException, DriveNotFoundException, ProviderNotFoundException: the path leads nowhere.
            Missing(path, ex.Message);
            return [];
        }
    }

    private static bool IsFileSystem(ProviderInfo provider) => string.Equals(provider.Name, "FileSystem", StringComparison.OrdinalIgnoreCase);

    private bool IsFileSystem(ProviderInfo provider, string path)
    {
        if (IsFileSystem(provider))
        {
            return true;
        }

        Missing(path, $"'{path}' is in the provider {provider.Name}; records are read from the file system only.");
        return false;
    }

    private void Missing(string path, string message) => streams.WriteError(new(ExportErrorCode.RecordNotFound, message), path);
}
