using NexusExport.Configuration.Drafts;

namespace NexusExport.Destinations.Local;

/// <summary>What a local archive is called, and when it runs.</summary>
internal static class LocalDestinationSettings
{
    public const string TypeName = StandardArchive.TypeName;
    public const int DefaultPriority = 80;
}
