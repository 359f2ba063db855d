namespace NexusExport.Tests;

/// <summary>Finds the samples of this repository, and the fixtures in the folder "shared" beside it (or beside a folder above it) where there is one.</summary>
internal static class SharedFixtures
{
    private const string Solution = "NexusExport.PowerShell.sln";

    /// <summary>The repository's root.</summary>
    public static string Repository { get; } = Ancestors(AppContext.BaseDirectory).First(folder => File.Exists(Path.Combine(folder, Solution)));

    /// <summary>Full path of a fixture for example Find("records", "example_record.xml"); null where it is absent.</summary>
    public static string? Find(params string[] segments) => FindShared(["fixtures", .. segments]);

    /// <summary>Full path of a file of "shared", for example FindShared("facts", "recorded", "README.md"); null where it is absent.</summary>
    public static string? FindShared(params string[] segments) => Ancestors(Repository)
        .Select(folder => Path.Combine([folder, "shared", .. segments]))
        .FirstOrDefault(File.Exists);

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            yield return at.FullName;
        }
    }
}
