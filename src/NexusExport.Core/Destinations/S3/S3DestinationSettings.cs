using System.Text;
using System.Text.RegularExpressions;
using NexusExport.Destinations.Common;

namespace NexusExport.Destinations.S3;

/// <summary>The settings of an S3 bucket.</summary>
internal sealed partial record S3DestinationSettings
{
    public const string TypeName = "s3";
    public const int DefaultPriority = 55;

    private const int MaxKeyBytes = 1024;

    /// <summary>Scheme, host and port of the service.</summary>
    public required string Endpoint { get; init; }

    public required string Region { get; init; }

    public required string Bucket { get; init; }

    /// <summary>Empty, or ends in a slash.</summary>
    public required string Prefix { get; init; }

    public SecretText? AccessKey { get; init; }

    public SecretText? SecretKey { get; init; }

    public bool PathStyle { get; init; }

    public bool Overwrites { get; init; }

    /// <summary>Reads them from what was configured; what is missing is left empty for <see cref="Check"/> to tell.</summary>
    public static S3DestinationSettings From(DestinationSettings settings)
    {
        var endpoint = settings.Text(S3Definitions.Endpoint) is { Length: > 0 } given ? given.TrimEnd('/') : null;
        var region = settings.Text(S3Definitions.Region) is { Length: > 0 } named ? named : S3Definitions.Region.Default!;
        var bucket = settings.Text(S3Definitions.Bucket) ?? string.Empty;
        var prefix = (settings.Text(S3Definitions.Prefix) ?? string.Empty).Trim('/');
        return new()
        {
            Endpoint = endpoint ?? AmazonEndpoint(region),
            Region = region,
            Bucket = bucket,
            Prefix = prefix.Length > 0 ? prefix + '/' : string.Empty,
            AccessKey = settings.Secret(S3Definitions.AccessKey),
            SecretKey = settings.Secret(S3Definitions.SecretKey),

            // A wildcard certificate does not cover the host name that a bucket with a dot would make, and an IP address has no names below it.
            PathStyle = (settings.Values.ContainsKey(S3Definitions.PathStyle.Name) ? settings.Flag(S3Definitions.PathStyle) : endpoint is not null)
                || bucket.Contains('.', StringComparison.Ordinal)
                || (Uri.TryCreate(endpoint, UriKind.Absolute, out var url) && url.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6),
            Overwrites = settings.Text(S3Definitions.OnExisting) == ExistingContent.Overwrite,
        };
    }

    /// <summary>What is wrong with them, without revealing a secret or calling anybody.</summary>
    public static IReadOnlyList<ExportFault> Check(DestinationSettings destination)
    {
        var settings = From(destination);
        return [.. Complaints(settings).Select(complaint => new ExportFault(ExportErrorCode.ConfigurationInvalid, $"'{destination.Name}' needs {complaint}."))];
    }

    // Long: one condition after the other, each by itself.
    private static IEnumerable<string> Complaints(S3DestinationSettings settings)
    {
        if (!RegionForm().IsMatch(settings.Region))
        {
            yield return "region to be a name like eu-central-1";
        }
        else if (!Uri.TryCreate(settings.Endpoint, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
            || url.PathAndQuery != "/" || url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            yield return "endpoint to be an http or https address without a path; the bucket is a setting of its own";
        }

        if (!BucketForm().IsMatch(settings.Bucket))
        {
            yield return "bucket to be the name of a bucket (3 to 63 letters, digits, dots, hyphens or underscores)";
        }

        if (settings.Prefix.Any(char.IsControl)
            || settings.Prefix.TrimEnd('/').Split('/') is [not "", ..] parts && parts.Any(part => part is "" or "." or "..")
            || Encoding.UTF8.GetByteCount(settings.Prefix) + SafeFileName.MaxBytes > MaxKeyBytes)
        {
            yield return "prefix to be names with single slashes between them, 769 bytes at most";
        }

        if (settings.AccessKey is null || settings.SecretKey is null)
        {
            yield return "both access_key and secret_key";
        }
    }

    private static string AmazonEndpoint(string region) =>
        $"https://s3.{region}.amazonaws.com{(region.StartsWith("cn-", StringComparison.Ordinal) ? ".cn" : string.Empty)}";

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BucketForm();

    [GeneratedRegex(@"^[A-Za-z0-9-]{1,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RegionForm();
}
