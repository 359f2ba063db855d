using NexusExport.Destinations.Cdcs;
using NexusExport.Destinations.Drive;
using NexusExport.Destinations.ElabFtw;
using NexusExport.Destinations.GitHub;
using NexusExport.Destinations.LabArchives;
using NexusExport.Destinations.Local;
using NexusExport.Destinations.S3;
using NexusExport.Destinations.Sql;
using NexusExport.Destinations.WebDav;

namespace NexusExport.Destinations;

/// <summary>The destination types that come with the program: one entry each.</summary>
public static class BuiltInDestinations
{
    /// <summary>The table, by name.</summary>
    public static IReadOnlyList<DestinationType> All { get; } =
    [
        new(
            CdcsDestinationSettings.TypeName,
            CdcsDestinationSettings.DefaultPriority,
            CdcsDefinitions.All,
            (settings, services) => new CdcsDestination(settings, services))
        {
            BoundsItsRequests = true,
        },
        new(
            DriveDestinationSettings.TypeName,
            DriveDestinationSettings.DefaultPriority,
            DriveDefinitions.All,
            (settings, services) => new DriveDestination(settings, services))
        {
            BoundsItsRequests = true,
            Limits = _ => DriveDestinationSettings.Limits,
        },
        new(
            ElabFtwDestinationSettings.TypeName,
            ElabFtwDestinationSettings.DefaultPriority,
            ElabFtwDefinitions.All,
            (settings, services) => new ElabFtwDestination(settings, services))
        {
            BoundsItsRequests = true,
        },
        new(
            GitHubDestinationSettings.TypeName,
            GitHubDestinationSettings.DefaultPriority,
            GitHubDefinitions.All,
            (settings, services) => new GitHubDestination(settings, services))
        {
            BoundsItsRequests = true,
            Limits = settings => GitHubQuota.LimitsOf(GitHubDestinationSettings.From(settings)),
        },
        new(
            LabArchivesDestinationSettings.TypeName,
            LabArchivesDestinationSettings.DefaultPriority,
            LabArchivesDefinitions.All,
            (settings, services) => new LabArchivesDestination(settings, services))
        {
            BoundsItsRequests = true,
            Limits = _ => LabArchivesDestinationSettings.Limits,
        },
        new(
            LocalDestinationSettings.TypeName,
            LocalDestinationSettings.DefaultPriority,
            LocalDefinitions.All,
            (settings, services) => new LocalDestination(settings, services)),
        SqlDestinationTypes.MySql,
        SqlDestinationTypes.PostgreSql,
        new(
            S3DestinationSettings.TypeName,
            S3DestinationSettings.DefaultPriority,
            S3Definitions.All,
            (settings, services) => new S3Destination(settings, services))
        {
            BoundsItsRequests = true,
        },
        SqlDestinationTypes.TiDb,
        new(
            WebDavDestinationSettings.TypeName,
            WebDavDestinationSettings.DefaultPriority,
            WebDavDefinitions.All,
            (settings, services) => new WebDavDestination(settings, services))
        {
            BoundsItsRequests = true,
        },
    ];

    /// <summary>The type of this name, in any case; null if there is none.</summary>
    public static DestinationType? Find(string typeName) =>
        All.FirstOrDefault(type => string.Equals(type.Name, typeName, StringComparison.OrdinalIgnoreCase));
}
