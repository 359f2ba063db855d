namespace NexusExport.Configuration.Drafts;

/// <summary>Where records go while nothing is configured, and what a new configuration begins with: the local archive.</summary>
internal static class StandardArchive
{
    /// <summary>Its destination type.</summary>
    public const string TypeName = "local";

    /// <summary>Whether <paramref name="type"/> is its type.</summary>
    public static bool IsOf(DestinationType type) => string.Equals(type.Name, TypeName, StringComparison.Ordinal);
}
