namespace NexusExport.Tests;

/// <summary>A file system in memory that holds next to nothing, until it is disposed.</summary>
internal sealed class SmallDisk : IDisposable
{
    /// <param name="path">Where it is mounted; made if it is missing.</param>
    /// <param name="size">How much it holds, as mount takes it: 64k.</param>
    public SmallDisk(string path, string size)
    {
        Directory.CreateDirectory(path);
        Path = path;
        Assert.Equal(0, BindMount.Run("mount", "-t", "tmpfs", "-o", $"size={size}", "none", path));
    }

    public string Path { get; }

    public void Dispose() => BindMount.Run("umount", "--lazy", Path);
}

/// <summary>A test that mounts a small disk; skipped aloud where that is not allowed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FullDiskTheoryAttribute : TheoryAttribute
{
    public FullDiskTheoryAttribute() => Skip = BindMount.WhyNot;
}
