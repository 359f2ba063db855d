namespace NexusExport.Tests;

/// <summary>The tests need a file of the folder "shared", which lies beside this repository and is no part of it.</summary>
/// <param name="path">Path below that folder, with forward slashes.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiresSharedAttribute(string path) : RequirementAttribute
{
    public string Path => path;

    /// <inheritdoc/>
    public override string? Missing => SharedFixtures.FindShared(path) is null ? $"There is no folder 'shared' with {path} beside this repository." : null;
}
