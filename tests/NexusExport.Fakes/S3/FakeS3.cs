using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NexusExport.Fakes.S3;

/// <summary>
/// An S3 service in memory with one bucket, addressed by path: signatures, hashes, checksums and conditions are checked, and errors are
/// S3's XML.
/// </summary>
public sealed class FakeS3 : FakeServer
{
    private const string MetadataPrefix = "x-amz-meta-";

    private readonly FakeS3Options _options;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, FakeS3Object> _objects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _uploads = new(StringComparer.Ordinal);

    private FakeS3(FakeS3Options options)
        : base(options) => _options = options;

    public FakeS3Options Options => _options;

    /// <summary>Objects by key.</summary>
    public IReadOnlyDictionary<string, FakeS3Object> Objects => _objects;

    /// <summary>Keys of uploads in parts that were begun and not ended.</summary>
    public IReadOnlyCollection<string> OpenUploads => [.. _uploads.Values];

    public static async Task<FakeS3> StartAsync(FakeS3Options? options = null)
    {
        var fake = new FakeS3(options ?? new());
        await fake.ListenAsync();
        return fake;
    }

    /// <summary>Puts an object there without a request and without metadata.</summary>
    public void Put(string key, byte[] content) =>
        _objects[key] = new(content, "application/octet-stream", new Dictionary<string, string>(StringComparer.Ordinal));

    public override void Reset()
    {
        base.Reset();
        _objects.Clear();
        _uploads.Clear();
    }

    protected override FakeAnswer Handle(FakeRequest request)
    {
        if (FakeS3Signature.Check(request, _options) is { } refusal)
        {
            return Error(refusal == "AuthorizationHeaderMalformed" ? 400 : 403, refusal, $"<Region>{_options.Region}</Region><AWSAccessKeyId>{_options.AccessKey}</AWSAccessKeyId>");
        }

        if (request.Headers["x-amz-content-sha256"] != Convert.ToHexStringLower(SHA256.HashData(request.Body)))
        {
            return Error(400, "XAmzContentSHA256Mismatch");
        }

        var parts = request.Path[1..].Split('/', 2);
        if (parts[0] != _options.Bucket)
        {
            return Error(404, "NoSuchBucket");
        }

        var key = parts.ElementAtOrDefault(1) ?? string.Empty;
        lock (_gate)
        {
            return (request.Method, key) switch
            {
                ("GET", "") => List(request),
                ("GET" or "HEAD", _) => _objects.TryGetValue(key, out var found) ? Show(found) : Error(404, "NoSuchKey"),
                ("PUT", not "") => Put(request, key),
                ("POST", not "") when request.Query.ContainsKey("uploads") => Begin(key),
                ("DELETE", not "") when request.Query.TryGetValue("uploadId", out var id) => _uploads.TryRemove(id.ToString(), out _) ? Empty(204) : Error(404, "NoSuchUpload"),
                ("DELETE", not "") => Delete(request, key),
                _ => Error(405, "MethodNotAllowed"),
            };
        }
    }

    protected override byte[] DescribeRecords() => JsonSerializer.SerializeToUtf8Bytes(_objects.Select(item => new
    {
        title = item.Key,
        length = item.Value.Content.Length,
        sha256 = item.Value.Sha256,
    }));

    private static FakeAnswer Empty(int status) => new(status, default, "application/xml");

    private static FakeAnswer Xml(string xml) => new(200, Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{xml}"), "application/xml");

    private static FakeAnswer Error(int status, string code, string more = "") =>
        Xml($"<Error><Code>{code}</Code><Message>No: {code}.</Message>{more}<RequestId>1</RequestId></Error>") with { Status = status };

    private FakeAnswer Show(FakeS3Object found) => new(200, found.Content, found.ContentType)
    {
        Headers = new Dictionary<string, string>(found.Metadata, StringComparer.OrdinalIgnoreCase) { ["ETag"] = TagOf(found) },
    };

    // ListObjectsV2 (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html): keys in the order of their bytes; a delimiter
    // gathers what lies below it, which counts as much as a key.
    private FakeAnswer List(FakeRequest request)
    {
        var prefix = request.Query["prefix"].ToString();
        var delimiter = request.Query["delimiter"].ToString();
        var size = Math.Min(_options.PageSize, int.TryParse(request.Query["max-keys"], CultureInfo.InvariantCulture, out var asked) ? asked : 1000);
        var from = _options.ListsForEver ? string.Empty : Encoding.UTF8.GetString(Convert.FromBase64String(request.Query["continuation-token"].ToString()));
        var all = _objects.Keys
            .Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(
                key => delimiter.Length > 0 && key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal) is >= 0 and var at
                    ? key[..(at + delimiter.Length)]
                    : key)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Where(key => string.CompareOrdinal(key, from) > 0)
            .ToList();
        var shown = all.Take(size).ToList();
        var isTruncated = _options.ListsForEver || all.Count > size;
        var token = Convert.ToBase64String(Encoding.UTF8.GetBytes(_options.RenewsTokens ? $"{RequestCount}" : shown.LastOrDefault() ?? "again"));
        var contents = string.Concat(shown.Select(key => _objects.TryGetValue(key, out var found)
            ? string.Create(CultureInfo.InvariantCulture, $"<Contents><Key>{WebUtility.HtmlEncode(key)}</Key><LastModified>2026-01-23T10:00:00.000Z</LastModified><ETag>{WebUtility.HtmlEncode(TagOf(found))}</ETag><Size>{found.Content.Length}</Size><StorageClass>STANDARD</StorageClass></Contents>")
            : $"<CommonPrefixes><Prefix>{WebUtility.HtmlEncode(key)}</Prefix></CommonPrefixes>"));
        return Xml(string.Create(
            CultureInfo.InvariantCulture,
            $"<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>{_options.Bucket}</Name><Prefix>{WebUtility.HtmlEncode(prefix)}</Prefix><KeyCount>{shown.Count}</KeyCount><MaxKeys>{size}</MaxKeys><IsTruncated>{(isTruncated ? "true" : "false")}</IsTruncated>{(isTruncated ? $"<NextContinuationToken>{token}</NextContinuationToken>" : string.Empty)}{contents}</ListBucketResult>"));
    }

    private string TagOf(FakeS3Object found) => _options.HasMd5Tags ? found.ETag : $"\"{found.Sha256[..32]}\"";

    private FakeAnswer Put(FakeRequest request, string key)
    {
        var onlyNew = request.Headers.IfNoneMatch == "*";
        if (onlyNew && !_options.KnowsConditions)
        {
            return Error(501, "NotImplemented");
        }

        if (onlyNew && _objects.ContainsKey(key))
        {
            return Error(412, "PreconditionFailed");
        }

        var checksum = request.Headers["x-amz-checksum-sha256"].ToString();
        if (_options.KnowsChecksums && checksum.Length > 0 && checksum != Convert.ToBase64String(SHA256.HashData(request.Body)))
        {
            return Error(400, "BadDigest");
        }

        var metadata = request.Headers
            .Where(header => header.Key.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString(), StringComparer.Ordinal);
        var stored = new FakeS3Object(_options.Truncates ? request.Body[..^1] : request.Body, request.Headers.ContentType.ToString(), metadata);
        _objects[key] = stored;
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["ETag"] = TagOf(stored) };
        if (_options.KnowsChecksums)
        {
            headers["x-amz-checksum-sha256"] = Convert.ToBase64String(SHA256.HashData(stored.Content));
        }

        return Empty(200) with { Headers = headers };
    }

    private FakeAnswer Begin(string key)
    {
        var id = Guid.NewGuid().ToString("n");
        _uploads[id] = key;
        return Xml($"<InitiateMultipartUploadResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Bucket>{_options.Bucket}</Bucket><Key>{WebUtility.HtmlEncode(key)}</Key><UploadId>{id}</UploadId></InitiateMultipartUploadResult>");
    }

    private FakeAnswer Delete(FakeRequest request, string key)
    {
        var condition = request.Headers.IfMatch.ToString();
        if (condition.Length > 0 && !_options.KnowsConditions)
        {
            return Error(501, "NotImplemented");
        }

        if (condition.Length > 0 && _objects.TryGetValue(key, out var there) && TagOf(there) != condition)
        {
            return Error(412, "PreconditionFailed");
        }

        _objects.TryRemove(key, out _);
        return Empty(204);
    }
}
