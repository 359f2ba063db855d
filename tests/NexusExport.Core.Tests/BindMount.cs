namespace NexusExport.Tests;

/// <summary>A file or folder that is reached by a second path, until it is disposed.</summary>
internal sealed class BindMount : IDisposable
{
    private readonly string _path;

    /// <param name="source">The file or folder.</param>
    /// <param name="path">The second path: a file, or a folder that is made if it is missing.</param>
    public BindMount(string source, string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(path);
        }

        _path = path;
        Assert.Equal(0, Run("mount", "--bind", source, path));
    }

    /// <summary>Why this machine makes no such mounts; null if it does.</summary>
    public static string? WhyNot { get; } = Try();

    public void Dispose() => Run("umount", _path);

    private static string? Try()
    {
        if (!OperatingSystem.IsLinux() || RequiresProgramAttribute.Find("mount") is null)
        {
            return "Bind mounts are Linux's.";
        }

        using var folder = new TempFolder();
        if (Run("mount", "--bind", folder.Path, folder.Path) != 0)
        {
            return "This user may not mount here.";
        }

        Run("umount", folder.Path);
        return null;
    }

    internal static int Run(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}

/// <summary>A test that mounts a folder in a second place; skipped aloud where that is not allowed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BindMountFactAttribute : FactAttribute
{
    public BindMountFactAttribute() => Skip = BindMount.WhyNot;
}
