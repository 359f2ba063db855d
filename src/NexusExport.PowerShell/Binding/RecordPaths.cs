using System.Management.Automation;
using NexusExport.PowerShell.Pumping;

namespace NexusExport.PowerShell.Binding;

/// <summary>Turns -Path (wildcards) and -LiteralPath into full paths of the file system, by PowerShell's own providers.</summary>
internal sealed class RecordPaths(PathIntrinsics paths, ICmdletStreams streams)
{
    /// <summary>The files and folders meant. What is not there is a non-terminating error; a wildcard without a match is nothing.</summary>
    public IReadOnlyList<string> Resolve(IReadOnlyList<string>? wildcards, IReadOnlyList<string>? literals) =>
        [.. (wildcards ?? []).SelectMany(Expand), .. (literals ?? []).SelectMany(Find)];

    private IReadOnlyList<string> Expand(string path) => Guard(path, () =>
    {
        var found = paths.GetResolvedProviderPathFromPSPath(path, out var provider);
        return IsFileSystem(provider, path) ? [.. found] : [];
    });

    private IReadOnlyList<string> Find(string path) => Guard(path, () =>
    {
        var full = paths.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        if (!IsFileSystem(provider, path))
        {
            return [];
        }

        if (!File.Exists(full) && !Directory.Exists(full))
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

    private bool IsFileSystem(ProviderInfo provider, string path)
    {
        if (string.Equals(provider.Name, "FileSystem", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        Missing(path, $"'{path}' is in the provider {provider.Name}; records are read from the file system only.");
        return false;
    }

    private void Missing(string path, string message) => streams.WriteError(new(ExportErrorCode.RecordNotFound, message), path);
}
