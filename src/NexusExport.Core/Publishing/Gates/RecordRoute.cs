using System.Collections.Immutable;
using NexusExport.Documents;
using NexusExport.Routing;
using NexusExport.Store;

namespace NexusExport.Publishing.Gates;

/// <summary>One record's way through its destinations, with what is known before the first of them is asked.</summary>
internal sealed record RecordRoute
{
    private static readonly IReadOnlyDictionary<string, JobClaim> Nowhere = ImmutableDictionary<string, JobClaim>.Empty;

    /// <summary>What results and the journal call it; its session identifier is empty where it has none.</summary>
    public required ExportSubject Subject { get; init; }

    /// <summary>The batch's plan.</summary>
    public required ExportPlan Plan { get; init; }

    /// <summary>Names, in running order: those of the plan that the user agreed to and that the strategy needs.</summary>
    public required IReadOnlyList<string> Destinations { get; init; }

    /// <summary>What is sent; null where it could not be made, and then there is a refusal.</summary>
    public ExportDocument? Document { get; init; }

    /// <summary>What speaks against sending it.</summary>
    public ValidationResult Validation { get; init; } = ValidationResult.Nothing;

    /// <summary>Why the record must not be sent to those that do not have it; null if it may.</summary>
    public RecordRefusal? Refusal
    {
        get => field ?? (Validation.Errors is [var error, ..] ? new(error, Journaling.JobAndLog) : null);
        init;
    }

    /// <summary>Those of the destinations that have it already, with what the journal knows.</summary>
    public IReadOnlyDictionary<string, JobClaim> Completed { get; init; } = Nowhere;

    /// <summary>The same of destinations that are not among these but that some of them depend on.</summary>
    public IReadOnlyDictionary<string, JobClaim> Elsewhere { get; init; } = Nowhere;

    /// <summary>SHA-256 of the document; null where there is none.</summary>
    public string? ContentHash => Document?.Content.ContentHash;
}

/// <summary>Why a record is sent nowhere.</summary>
/// <param name="Fault">The reason.</param>
/// <param name="Journaling">What is written down of it, for each destination.</param>
internal sealed record RecordRefusal(ExportFault Fault, Journaling Journaling);
