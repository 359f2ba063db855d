using NexusExport.Configuration;

namespace NexusExport.Host.Export;

/// <summary>Which files and folders a run reads.</summary>
internal static class NamedPaths
{
    /// <summary>
    /// Full paths of what the user named; empty for the configured records folder. Throws RECORD_NOT_FOUND if one does not exist
    /// (before anything is sent: a mistyped folder among several shall not end a run in its middle), CONFIGURATION_INVALID if there
    /// is nothing to read.
    /// </summary>
    public static IReadOnlyList<string> Resolve(IReadOnlyList<string> named, string workingDirectory, ExportSettings settings)
    {
        if (named.Count == 0 && settings.RecordsPath is null)
        {
            throw new ExportException(new ExportFault(ExportErrorCode.ConfigurationInvalid, "No records to export: no PATH was given and no records folder is configured.")
            {
                RecommendedAction = "Name files or folders (nexus-export export records/), or set records.path in nexus-export.yaml or NX_RECORDS_PATH.",
            });
        }

        var paths = named.Select(path => Path.GetFullPath(path, workingDirectory)).Distinct(StringComparer.Ordinal).ToList();
        var missing = paths.Where(path => !Path.Exists(path)).ToList();
        return missing.Count == 0 ? paths : throw new ExportException(Missing(missing));
    }

    /// <summary>How many record files there are, by their names alone; good enough for a progress bar.</summary>
    public static int Count(IReadOnlyList<string> paths, ExportSettings settings)
    {
        var folders = paths.Count > 0 ? paths : new[] { settings.RecordsPath, settings.UploadedPath }.OfType<string>();
        try
        {
            return folders.Sum(path => Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.xml").Count() : 1);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever reads the folder says what is wrong with it; a bar is not worth the run.
            return 1;
        }
    }

    private static ExportFault Missing(IReadOnlyCollection<string> paths) =>
        new(ExportErrorCode.RecordNotFound, $"There is no file or folder {string.Join(" nor ", paths.Select(path => $"'{path}'"))}.")
        {
            RecommendedAction = "Check the spelling; relative paths start from the working directory.",
        };
}
