namespace NexusExport.Tests;

/// <summary>Tools of npm that some tests compare with: in the folder that NEXUSEXPORT_TEST_TOOLS names, else in .tools at the repository's root.</summary>
internal static class TestTools
{
    /// <summary>The folder that holds node_modules.</summary>
    public static string Folder { get; } = Environment.GetEnvironmentVariable("NEXUSEXPORT_TEST_TOOLS") is { Length: > 0 } folder
        ? folder
        : Path.Combine(SharedFixtures.Repository, ".tools");

    /// <summary>Whether a package is installed there.</summary>
    public static bool Has(string package) => File.Exists(Path.Combine(Folder, "node_modules", package, "package.json"));
}
