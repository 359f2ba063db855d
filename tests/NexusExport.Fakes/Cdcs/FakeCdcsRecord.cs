namespace NexusExport.Fakes.Cdcs;

/// <summary>A record that a fake CDCS holds.</summary>
public sealed record FakeCdcsRecord
{
    public required int Id { get; init; }
    public required string Title { get; init; }

    /// <summary>Id of the template's version.</summary>
    public required int Template { get; init; }

    /// <summary>The XML, UTF-8.</summary>
    public required byte[] Content { get; init; }

    /// <summary>Id of its workspace; null for none.</summary>
    public int? Workspace { get; init; }

    /// <summary>Id of the user who owns it.</summary>
    public int Owner { get; init; }

    /// <summary>Grows with each change: lists show what was changed last first.</summary>
    internal long Changed { get; init; }
}
