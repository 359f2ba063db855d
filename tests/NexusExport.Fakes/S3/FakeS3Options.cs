namespace NexusExport.Fakes.S3;

/// <summary>How a fake S3 service behaves.</summary>
public sealed record FakeS3Options : FakeServerOptions
{
    public string AccessKey { get; init; } = "FAKEACCESSKEY0000001";

    public string SecretKey { get; init; } = "fake/s3+secret-key";

    /// <summary>The one bucket that there is.</summary>
    public string Bucket { get; init; } = "records";

    public string Region { get; init; } = "us-east-1";

    /// <summary>Whether it knows If-None-Match and If-Match; else those are 501.</summary>
    public bool KnowsConditions { get; init; } = true;

    /// <summary>Whether it keeps checksums and tells them.</summary>
    public bool KnowsChecksums { get; init; } = true;

    /// <summary>The most keys that it lists on one page.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>Whether its listing always says that there is more, whatever it was asked to go on from.</summary>
    public bool ListsForEver { get; init; }

    /// <summary>Whether every page of such a listing has a token of its own.</summary>
    public bool RenewsTokens { get; init; }

    /// <summary>Whether entity tags are the MD5 of the content; with some encryption they are something else.</summary>
    public bool HasMd5Tags { get; init; } = true;

    /// <summary>Whether objects lose their last byte after they were checked.</summary>
    public bool Truncates { get; init; }
}
