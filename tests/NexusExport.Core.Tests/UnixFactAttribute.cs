namespace NexusExport.Tests;

/// <summary>A fact about what only Unix has: named pipes, devices, permission bits, signals.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    /// <summary>Why such tests are skipped here; null where they run.</summary>
    internal static string? WhySkipped => OperatingSystem.IsWindows() ? "Windows has no such thing." : null;

    public UnixFactAttribute() => Skip = WhySkipped;
}

/// <summary>The same for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = UnixFactAttribute.WhySkipped;
}
