namespace NexusExport.Tests;

/// <summary>
/// The tests of this class need a program that not every machine has. Where it is missing they are reported as skipped, with the reason;
/// a fixture asks <see cref="Find"/> and does nothing there.
/// </summary>
/// <param name="program">Name of the program, as it is called, or a file that it comes with: a full path, or one in an npm package of <see cref="TestTools"/>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class RequiresProgramAttribute(string program) : RequirementAttribute
{
    // Servers live where an ordinary user's PATH does not lead; Debian keeps PostgreSQL's in a folder for each version.
    private static readonly string[] ServerFolders = ["/usr/sbin", "/usr/local/sbin", "/usr/lib/postgresql/*/bin"];

    public string Program => program;

    /// <inheritdoc/>
    public override string? Missing => Find(program) is null ? $"{program} is not installed here." : null;

    /// <summary>Full path of a program; null where it is not installed.</summary>
    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Concat(ServerFolders.SelectMany(Expand))
        .Append(TestTools.InPackage(string.Empty))
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(IsThere);

    // A link may outlive the program that it leads to.
    private static bool IsThere(string path) => File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is null or { Exists: true };

    private static IEnumerable<string> Expand(string folder)
    {
        var parts = folder.Split("/*");
        return parts.Length == 1
            ? [folder]
            : Directory.Exists(parts[0])
                ? Directory.EnumerateDirectories(parts[0]).OrderDescending(StringComparer.Ordinal).Select(version => version + parts[1])
                : [];
    }
}
