using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.S3;

/// <summary>What an S3 destination can be told.</summary>
internal static class S3Definitions
{
    public static readonly SettingDefinition Endpoint =
        new("endpoint", SettingKind.Url, "Address of the service (MinIO, Ceph, rclone, …), without a path; none for Amazon's own.");

    public static readonly SettingDefinition Region =
        new("region", SettingKind.Text, "Region of the bucket; services other than Amazon's mostly take any.") { Default = "us-east-1" };

    public static readonly SettingDefinition Bucket =
        new("bucket", SettingKind.Text, "Name of the bucket, which must be there.") { Required = true };

    public static readonly SettingDefinition Prefix =
        new("prefix", SettingKind.Text, "What keys begin with, for example records/2026; a slash follows it. None puts records at the top.");

    public static readonly SettingDefinition AccessKey = new("access_key", SettingKind.Secret, "Access key id.") { Required = true };

    public static readonly SettingDefinition SecretKey = new("secret_key", SettingKind.Secret, "Secret access key.") { Required = true };

    public static readonly SettingDefinition PathStyle =
        new("path_style", SettingKind.Boolean, "Whether the bucket stands in the path rather than in the host name; true where an endpoint is given.");

    public static readonly SettingDefinition OnExisting = ExistingContent.UniqueOrOverwrite;

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static IReadOnlyList<SettingDefinition> All { get; } =
        [Endpoint, Region, Bucket, Prefix, AccessKey, SecretKey, PathStyle, OnExisting];
}
