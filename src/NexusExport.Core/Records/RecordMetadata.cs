namespace NexusExport.Records;

/// <summary>Names of the further facts in <see cref="LabRecord.Metadata"/>. A fact that the record does not tell has no entry.</summary>
public static class RecordMetadata
{
    /// <summary>Everybody the record names as experimenter: a list of texts.</summary>
    public const string Experimenters = "experimenters";

    /// <summary>A list of texts.</summary>
    public const string Collaborators = "collaborators";

    /// <summary>The reservation or usage event that the record was made from, mostly a URL.</summary>
    public const string Reservation = "reservation";

    /// <summary>Why the session was held, in the experimenter's words.</summary>
    public const string Motivation = "motivation";

    internal static IReadOnlyDictionary<string, object?> From(RecordHead head)
    {
        var facts = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (head.Experimenters.Count > 0)
        {
            facts[Experimenters] = head.Experimenters;
        }

        if (head.Collaborators.Count > 0)
        {
            facts[Collaborators] = head.Collaborators;
        }

        if (head.Reference is not null)
        {
            facts[Reservation] = head.Reference;
        }

        if (head.Motivation is not null)
        {
            facts[Motivation] = head.Motivation;
        }

        return facts;
    }
}
