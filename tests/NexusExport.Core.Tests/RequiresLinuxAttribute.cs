namespace NexusExport.Tests;

/// <summary>The tests are about something that only Linux has.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiresLinuxAttribute : RequirementAttribute
{
    /// <inheritdoc/>
    public override string? Missing => OperatingSystem.IsLinux() ? null : "This is about Linux.";
}
