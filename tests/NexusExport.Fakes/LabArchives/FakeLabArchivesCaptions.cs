namespace NexusExport.Fakes.LabArchives;

/// <summary>Where the fake tells an attachment's caption.</summary>
public enum FakeLabArchivesCaptions
{
    /// <summary>In entry-data, as one client reads it.</summary>
    EntryData,

    /// <summary>In an element of its own.</summary>
    Element,

    /// <summary>Nowhere.</summary>
    Nowhere,
}
