using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using NexusExport.Destinations.Http;
using NexusExport.Security;

namespace NexusExport.Destinations.S3;

/// <summary>The requests to one bucket, one method each, by keys. The SDK is loaded with the first of these that is made.</summary>
internal sealed class S3Api : IDisposable
{
    /// <summary>The most keys that one page of a listing has.</summary>
    public const int PageSize = 1000;

    private const string HashKey = "nexus-sha256";
    private const string SessionKey = "nexus-session";

    private readonly string _destination;
    private readonly string _bucket;
    private readonly SecretRedactor _redaction;
    private readonly HttpDestinationClient _client;
    private readonly HttpClient _http;
    private readonly AmazonS3Client _s3;
    private volatile bool _knowsConditions = true;
    private volatile bool _hasWorked;

    public S3Api(DestinationSettings destination, DestinationServices services, S3DestinationSettings settings, S3Address address)
    {
        _destination = destination.Name;
        _bucket = settings.Bucket;
        _redaction = SecretRedactor.ForAnswers(new[] { settings.AccessKey, settings.SecretKey }.OfType<SecretText>());

        // The SDK has put its signature on a request before the client sees it.
        _client = new(destination, services, address.Root, _redaction, _ => { });
        _http = new(new S3Transport(_client, address.Root)) { Timeout = Timeout.InfiniteTimeSpan };
        _s3 = S3ClientFactory.Create(destination.Name, settings, _http);
    }

    /// <summary>What there is under a key; null for nothing.</summary>
    public async Task<S3Object?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var request = new GetObjectMetadataRequest { BucketName = _bucket, Key = key };
        var (found, refusal) = await TryAsync(token => _s3.GetObjectMetadataAsync(request, token), isWrite: false, cancellationToken);
        if (found is not null)
        {
            return new(found.ContentLength, found.Metadata[HashKey], found.ETag);
        }

        if (refusal!.Status == HttpStatusCode.NotFound)
        {
            return null;
        }

        if (refusal.Status is HttpStatusCode.Forbidden or HttpStatusCode.BadRequest)
        {
            // An answer to HEAD has no body that says whether the key is wrong or only may not: ask again in a way that gets one.
            await ListAsync(key, cancellationToken);
        }

        throw Refused(refusal);
    }

    /// <summary>Lists one key at most that begins with <paramref name="prefix"/>: whoever may do that may look for records.</summary>
    public async Task ListAsync(string prefix, CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = _bucket, Prefix = prefix, MaxKeys = 1 };
        var (_, refusal) = await TryAsync(token => _s3.ListObjectsV2Async(request, token), isWrite: false, cancellationToken);
        Require(refusal);
    }

    /// <summary>One page of the objects right below <paramref name="prefix"/>, from where <paramref name="next"/> says on.</summary>
    public async Task<S3Page> ListPageAsync(string prefix, int size, string? next, CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = _bucket, Prefix = prefix, Delimiter = "/", MaxKeys = size, ContinuationToken = next };
        var (page, refusal) = await TryAsync(token => _s3.ListObjectsV2Async(request, token), isWrite: false, cancellationToken);
        Require(refusal);

        // What the service leaves out of its answer is null here.
        var objects = (page!.S3Objects ?? [])
            .Where(item => item.Key is not null)
            .Select(item => (item.Key, new S3Object(item.Size ?? -1, Hash: null, item.ETag)));
        return new([.. objects], page.IsTruncated == true ? page.NextContinuationToken ?? string.Empty : null);
    }

    /// <summary>
    /// Writes an object and has the server check its SHA-256. With <paramref name="onlyNew"/> the answer is the fault of a key that is
    /// taken, by a server that knows the condition; null where the object is stored. Throws any other fault.
    /// </summary>
    public async Task<ExportFault?> PutAsync(string key, ExportContext context, bool onlyNew, CancellationToken cancellationToken)
    {
        var conditional = onlyNew && _knowsConditions;
        var (stored, refusal) = await TryAsync(token => SendAsync(key, context, conditional, token), isWrite: true, cancellationToken);
        if (conditional && refusal is { Status: HttpStatusCode.NotImplemented })
        {
            _knowsConditions = false;
            (stored, refusal) = await TryAsync(token => SendAsync(key, context, conditional: false, token), isWrite: true, cancellationToken);
        }

        if (conditional && refusal is { Status: HttpStatusCode.PreconditionFailed })
        {
            return Refused(refusal).Fault;
        }

        Require(refusal);
        if (!await IsWholeAsync(key, context, stored!, cancellationToken))
        {
            throw new ExportException(ExportErrorCode.IntegrityMismatch, $"'{_destination}' stored something else under {key} than was sent.");
        }

        _hasWorked = true;
        return null;
    }

    /// <summary>An object's bytes; null where there is none.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest { BucketName = _bucket, Key = key };
        var (read, refusal) = await TryAsync(
            async token =>
            {
                using var response = await _s3.GetObjectAsync(request, token);
                using var bytes = new MemoryStream();
                await response.ResponseStream.CopyToAsync(bytes, token);
                return bytes.ToArray();
            },
            isWrite: false,
            cancellationToken);
        if (refusal is { Status: HttpStatusCode.NotFound } && S3Error.Read(refusal)?.Code != "NoSuchBucket")
        {
            return null;
        }

        Require(refusal);
        return read;
    }

    /// <summary>Removes an object; one that is gone is fine. False where it is no longer the one that <paramref name="etag"/> names.</summary>
    public async Task<bool> DeleteAsync(string key, string? etag, CancellationToken cancellationToken)
    {
        var request = new DeleteObjectRequest { BucketName = _bucket, Key = key, IfMatch = etag };
        var (_, refusal) = await TryAsync(token => _s3.DeleteObjectAsync(request, token), isWrite: true, cancellationToken);
        switch (refusal?.Status)
        {
            case HttpStatusCode.NotFound:
                return true;
            case HttpStatusCode.PreconditionFailed:
                return false;
            case HttpStatusCode.NotImplemented when etag is not null:
                return await DeleteAsync(key, etag: null, cancellationToken);
            default:
                Require(refusal);
                return true;
        }
    }

    /// <summary>Begins an upload in parts and gives it up: asks for the permission to write and leaves nothing, not even a version.</summary>
    public async Task ProbeWriteAsync(string key, CancellationToken cancellationToken)
    {
        var request = new InitiateMultipartUploadRequest { BucketName = _bucket, Key = key };
        var (begun, refusal) = await TryAsync(token => _s3.InitiateMultipartUploadAsync(request, token), isWrite: true, cancellationToken);
        Require(refusal);
        var abort = new AbortMultipartUploadRequest { BucketName = _bucket, Key = key, UploadId = begun!.UploadId };
        (_, refusal) = await TryAsync(token => _s3.AbortMultipartUploadAsync(abort, token), isWrite: true, cancellationToken);
        Require(refusal);
    }

    public void Dispose()
    {
        _s3.Dispose();
        _http.Dispose();
        _client.Dispose();
    }

    private async Task<PutObjectResponse> SendAsync(string key, ExportContext context, bool conditional, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream(context.Document.Content.Bytes.ToArray(), writable: false);
        var request = new PutObjectRequest
        {
            BucketName = _bucket,
            Key = key,
            InputStream = body,
            AutoCloseStream = false,
            ContentType = context.Document.Content.MediaType,

            // In one piece with a signed hash, which the oldest of servers check; newer ones keep the checksum.
            UseChunkEncoding = false,
            ChecksumSHA256 = Convert.ToBase64String(Convert.FromHexString(context.Document.Content.ContentHash)),
            IfNoneMatch = conditional ? "*" : null,
        };
        request.Metadata[HashKey] = context.Document.Content.ContentHash;
        request.Metadata[SessionKey] = Uri.EscapeDataString(context.Document.SessionIdentifier);
        return await _s3.PutObjectAsync(request, cancellationToken);
    }

    private async Task<bool> IsWholeAsync(string key, ExportContext context, PutObjectResponse stored, CancellationToken cancellationToken) =>
        stored.ChecksumSHA256 is { Length: > 0 } checksum
            ? checksum == Convert.ToBase64String(Convert.FromHexString(context.Document.Content.ContentHash))
            : (await FindAsync(key, cancellationToken))?.Length == context.Document.Content.Bytes.Length;

    private async Task<(T? Response, HttpAnswer? Refusal)> TryAsync<T>(Func<CancellationToken, Task<T>> call, bool isWrite, CancellationToken cancellationToken)
        where T : class
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return (await call(cancellationToken), null);
        }
        catch (S3RefusalException ex)
        {
            return (null, ex.Answer);
        }
        catch (TypeInitializationException ex)
        {
            // The SDK reads this account's AWS files although it is told everything. What it says of them repeats a line, perhaps one
            // with a secret, so it is not passed on.
            throw new ExportException(
                new ExportFault(ExportErrorCode.ConfigurationInvalid, $"The AWS SDK of '{_destination}' does not start ({ex.InnerException?.GetType().Name}).")
                {
                    RecommendedAction = "Correct or remove this account's AWS files (~/.aws, AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE).",
                });
        }
        catch (Exception ex) when (ex is not ExportException && !cancellationToken.IsCancellationRequested)
        {
            // Refusals do not get this far: it is a success that the SDK cannot read, and it throws whatever its parser meets.
            throw new ExportException(
                new ExportFault(ExportErrorCode.UnexpectedResponse, $"'{_destination}' answered with something else than S3 does.") { MayHaveCommitted = isWrite },
                ex);
        }
    }

    private void Require(HttpAnswer? refusal)
    {
        if (refusal is not null)
        {
            throw Refused(refusal);
        }
    }

    private ExportException Refused(HttpAnswer refusal) => new(S3Faults.Refine(refusal, _client.Faults.FromAnswer(refusal), _redaction, _hasWorked));
}
