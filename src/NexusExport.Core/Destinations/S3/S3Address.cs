namespace NexusExport.Destinations.S3;

/// <summary>Where the bucket and its objects are.</summary>
internal sealed class S3Address(S3DestinationSettings settings)
{
    /// <summary>What every request's address begins with: the service, or the bucket's own host.</summary>
    public string Root { get; } = settings.PathStyle
        ? settings.Endpoint + '/'
        : settings.Endpoint.Replace("://", $"://{settings.Bucket}.", StringComparison.Ordinal) + '/';

    /// <summary>Web address of an object.</summary>
    public string UrlOf(string key)
    {
        var path = string.Join('/', key.Split('/').Select(Uri.EscapeDataString));
        return settings.PathStyle ? $"{Root}{settings.Bucket}/{path}" : Root + path;
    }

    /// <summary>The object as S3 tools name it.</summary>
    public string LocationOf(string key) => $"s3://{settings.Bucket}/{key}";
}
