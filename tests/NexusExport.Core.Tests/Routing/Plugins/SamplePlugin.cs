namespace NexusExport.Tests.Routing.Plugins;

/// <summary>The sample plugin as it was built.</summary>
internal static class SamplePlugin
{
    /// <summary>Full path of GzipArchive.dll, of the configuration (Debug, Release) that the tests are of.</summary>
    public static string AssemblyPath
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            var root = output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
            return Path.Combine(root, "samples", "plugins", "GzipArchive", "bin", output.Parent.Name, output.Name, "GzipArchive.dll");
        }
    }

    /// <summary>Puts the plugin into a plugin folder, alone or in a folder of its own.</summary>
    public static void Install(string folder, bool inOwnFolder = false)
    {
        var target = inOwnFolder ? Path.Combine(folder, "GzipArchive") : folder;
        Directory.CreateDirectory(target);
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(AssemblyPath)!, "GzipArchive.*"))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }
    }
}
