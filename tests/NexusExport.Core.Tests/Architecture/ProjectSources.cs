namespace NexusExport.Tests.Architecture;

/// <summary>The sources of the program, where the tests run in a working tree.</summary>
internal static class ProjectSources
{
    /// <summary>Folders of the projects under src, by their names.</summary>
    public static IReadOnlyDictionary<string, string> Projects { get; } =
        Directory.GetDirectories(Path.Combine(SharedFixtures.Repository, "src")).ToDictionary(folder => Path.GetFileName(folder), StringComparer.Ordinal);

    /// <summary>Names of the projects, for theories.</summary>
    public static TheoryData<string> Names => [.. Projects.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The C# files of a project, without what the build makes.</summary>
    public static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => !IsBuilt(Path.GetRelativePath(folder, file)));

    private static bool IsBuilt(string path) => path.Split('/', '\\') is ["bin" or "obj", ..];
}
