namespace NexusExport.Tests;

/// <summary>
/// The programs that tests run against where they are installed: by .ci/install-tools in .tools at the repository's root, or in the folder
/// that NEXUSEXPORT_TEST_TOOLS names.
/// </summary>
internal static class TestTools
{
    private const string Variable = "NEXUSEXPORT_TEST_TOOLS";

    /// <summary>Where tools are looked for.</summary>
    public static string Folder { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder
        ? folder
        : Path.Combine(SharedFixtures.Repository, ".tools");

    /// <summary>Full path of a file of an installed npm package.</summary>
    public static string InPackage(string path) => Path.Combine(Folder, "node_modules", path);

    /// <summary>Whether a package is installed there.</summary>
    public static bool Has(string package) => File.Exists(InPackage(Path.Combine(package, "package.json")));

    /// <summary>Why tests that need these files of npm packages cannot run; null if they can.</summary>
    public static string? WhyMissing(params IEnumerable<string> paths) =>
        paths.FirstOrDefault(path => !File.Exists(InPackage(path))) is { } missing
            ? $"{missing} is not in {Folder}: run .ci/install-tools, or set {Variable} to the folder that has node_modules."
            : null;
}
