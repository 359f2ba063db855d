namespace NexusExport.Tests;

/// <summary>
/// Something that the tests of a class, or one test, cannot do without and that not every machine has. Where it is missing they are reported
/// as skipped, with the reason.
/// </summary>
public abstract class RequirementAttribute : Attribute
{
    /// <summary>Why the tests cannot run here; null where they can.</summary>
    public abstract string? Missing { get; }
}
