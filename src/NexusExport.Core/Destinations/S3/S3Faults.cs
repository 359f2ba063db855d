using NexusExport.Destinations.Http;
using NexusExport.Security;

namespace NexusExport.Destinations.S3;

/// <summary>Where S3 says more with its error codes than with the status.</summary>
internal static class S3Faults
{
    private const string RegionHeader = "x-amz-bucket-region";

    /// <summary>Corrects the general mapping.</summary>
    /// <param name="answer">The refusal.</param>
    /// <param name="fault">What it means in general.</param>
    /// <param name="redaction">Keeps the keys out of the message.</param>
    /// <param name="hasWorked">
    /// Whether a record was taken in this run: a refusal that could be about the key or its rights is about this one record then, for example
    /// because a proxy spells its name differently.
    /// </param>
    public static ExportFault Refine(HttpAnswer answer, ExportFault fault, SecretRedactor redaction, bool hasWorked)
    {
        var error = S3Error.Read(answer);
        var message = error is null
            ? fault.Message
            : $"{fault.Message.TrimEnd('.')}: {ServerMessage.Cut(redaction.Redact(error.Message is null ? error.Code : $"{error.Code}: {error.Message}"))}";
        return OfRegion(answer, error, message) ?? OfCode(error?.Code, message, fault, hasWorked) ?? fault with { Message = message };
    }

    // Long: a table, one line a code of S3.
    private static ExportFault? OfCode(string? code, string message, ExportFault fault, bool hasWorked) => code switch
    {
        "SignatureDoesNotMatch" or "InvalidAccessKeyId" or "ExpiredToken" or "InvalidToken" or "InvalidSecurity" => new(ExportErrorCode.AuthExpired, message)
        {
            RecommendedAction = "Check access_key and secret_key of this destination, and make new ones if they are no longer valid.",
            ConcernsEveryRecord = !(hasWorked && code == "SignatureDoesNotMatch"),
        },
        "RequestTimeTooSkewed" => new(ExportErrorCode.AuthExpired, message)
        {
            RecommendedAction = "Set this machine's clock: signatures are valid for 15 minutes around the server's time.",
        },
        "AccessDenied" or "AllAccessDisabled" or "AccountProblem" => new(ExportErrorCode.PermissionDenied, message)
        {
            RecommendedAction = "Allow the key s3:ListBucket, s3:GetObject, s3:PutObject, s3:DeleteObject and s3:AbortMultipartUpload for the bucket and the prefix.",
            ConcernsEveryRecord = !hasWorked,
        },
        "NoSuchBucket" => new(ExportErrorCode.ResourceNotFound, message)
        {
            RecommendedAction = "Check bucket, endpoint and path_style of this destination, or make the bucket.",
            ConcernsEveryRecord = true,
        },

        // Refused at the door, so nothing was stored.
        "SlowDown" or "TooManyRequests" => new(ExportErrorCode.RateLimited, message) { RetryAfter = fault.RetryAfter },
        "RequestTimeout" => new(ExportErrorCode.Timeout, message),
        "ConditionalRequestConflict" or "OperationAborted" => fault with { Message = message, Recoverable = true },
        "BadDigest" or "InvalidDigest" or "IncompleteBody" or "XAmzContentSHA256Mismatch" or "XAmzContentChecksumMismatch" =>
            new(ExportErrorCode.IntegrityMismatch, message),
        "EntityTooLarge" => new(ExportErrorCode.ContentTooLarge, message) { RecommendedAction = HttpFaults.RaiseServersLimit },
        "QuotaExceeded" or "XMinioAdminBucketQuotaExceeded" or "XMinioStorageFull" => new(ExportErrorCode.StorageFull, message),
        null when fault.Code == ExportErrorCode.ResourceNotFound => fault with { RecommendedAction = "Check endpoint: what answers there is no S3 service." },
        _ => null,
    };

    private static ExportFault? OfRegion(HttpAnswer answer, S3Error? error, string message)
    {
        var isElsewhere = (int)answer.Status is 301 or 307 || error?.Code is "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException";
        var region = answer.Headers is { } headers && headers.TryGetValues(RegionHeader, out var values) ? values.First() : error?.Region;
        return isElsewhere && region is not null
            ? new(ExportErrorCode.ConfigurationInvalid, message)
            {
                RecommendedAction = $"Set the destination's region to that of its bucket: {region}",
                ConcernsEveryRecord = true,
            }
            : null;
    }
}
