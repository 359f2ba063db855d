namespace NexusExport;

/// <summary>How much harm a wrong export to a destination can do.</summary>
public enum DestinationRisk
{
    /// <summary>A private copy.</summary>
    Low,

    /// <summary>Seen by colleagues, and can be taken back.</summary>
    Medium,

    /// <summary>Seen by the public, or cannot be taken back.</summary>
    High,

    /// <summary>Can harm what was there before, or what others rely on.</summary>
    Critical,
}

/// <summary>What a destination can do beyond uploading.</summary>
/// <param name="CanFind">FindAsync tells whether the content is there already.</param>
/// <param name="CanFetch">FetchExistingAsync returns what is there.</param>
/// <param name="CanUndo">UndoAsync takes an export back.</param>
/// <param name="Risk">How much harm a wrong export can do.</param>
public sealed record DestinationCapabilities(bool CanFind, bool CanFetch, bool CanUndo, DestinationRisk Risk)
{
    /// <summary>
    /// Whether a later content of a session takes the place of the earlier one (an overwrite, an upsert, an update), so that the earlier one is
    /// no longer there. False by default: both stand side by side.
    /// </summary>
    public bool Replaces { get; init; }

    /// <summary>What it can do in words, for example "find, fetch, undo; risk High".</summary>
    public override string ToString()
    {
        string?[] abilities = [CanFind ? "find" : null, CanFetch ? "fetch" : null, CanUndo ? "undo" : null, Replaces ? "replaces" : null];
        return $"{string.Join(", ", abilities.OfType<string>().DefaultIfEmpty("upload only"))}; risk {Risk}";
    }
}
