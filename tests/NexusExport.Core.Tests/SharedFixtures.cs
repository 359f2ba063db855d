using System.Runtime.CompilerServices;

namespace NexusExport.Tests;

/// <summary>Files that stand beside the repository in ../shared/fixtures, where a checkout has them.</summary>
internal static class SharedFixtures
{
    /// <summary>Full path of a fixture, for example Find("records", "example_record.xml"); null where it is not there.</summary>
    public static string? Find(params string[] segments)
    {
        for (var folder = new DirectoryInfo(Path.GetDirectoryName(ThisFile())!); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine([folder.FullName, "shared", "fixtures", .. segments]);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
