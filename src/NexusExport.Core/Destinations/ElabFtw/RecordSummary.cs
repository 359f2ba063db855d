namespace NexusExport.Destinations.ElabFtw;

/// <summary>What a record holds, in numbers and names that fit on a page.</summary>
internal sealed record RecordSummary
{
    /// <summary>The first samples that the record names.</summary>
    public IReadOnlyList<SampleSummary> Samples { get; init; } = [];

    /// <summary>All samples of the record, listed in <see cref="Samples"/> or not.</summary>
    public int SampleCount { get; init; }

    /// <summary>Acquisition activities.</summary>
    public int ActivityCount { get; init; }

    /// <summary>Datasets of all activities.</summary>
    public int DatasetCount => DatasetsByType.Values.Sum();

    /// <summary>Number of datasets by their type (Image, Spectrum …), in alphabetical order.</summary>
    public IReadOnlyDictionary<string, int> DatasetsByType { get; init; } = new SortedDictionary<string, int>(StringComparer.Ordinal);
}

/// <summary>One sample.</summary>
/// <param name="Name">Its name, or its id where it has none.</param>
/// <param name="Description">What it is; null where the record does not say.</param>
internal sealed record SampleSummary(string Name, string? Description);
