namespace NexusExport.Tests;

/// <summary>The tests watch a program's system calls by strace, and need two file systems.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiresTracingAttribute : RequirementAttribute
{
    /// <summary>A folder on another file system than temporary files.</summary>
    public const string OtherVolume = "/dev/shm";

    private static readonly string? Reason = Try();

    /// <inheritdoc/>
    public override string? Missing => Reason;

    private static string? Try()
    {
        if (!OperatingSystem.IsLinux() || RequiresProgramAttribute.Find("strace") is null)
        {
            return "strace is not installed here.";
        }

        using var folder = new TempFolder();
        return BindMount.Run("strace", "-qq", "-o", folder["trace"], "true") != 0 ? "This user may not trace."
            : FileIdentity.Of(OtherVolume)?.Volume is { } other && other != FileIdentity.Of(folder.Path)?.Volume ? null
            : $"{OtherVolume} is no file system of its own.";
    }
}
