using System.Security.Cryptography;
using System.Text;

namespace NexusExport.Fakes.S3;

/// <summary>Checks a request's signature, version 4 (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).</summary>
internal static class FakeS3Signature
{
    private const string Algorithm = "AWS4-HMAC-SHA256 ";

    /// <summary>The error code that S3 answers with; null for a good signature.</summary>
    public static string? Check(FakeRequest request, FakeS3Options options)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Algorithm, StringComparison.Ordinal))
        {
            return "AccessDenied";
        }

        var parts = header[Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries)
            .ToDictionary(part => part.Split('=')[0], part => part.Split('=', 2)[1], StringComparer.Ordinal);
        var scope = parts["Credential"].Split('/', 2);
        if (scope[0] != options.AccessKey)
        {
            return "InvalidAccessKeyId";
        }

        if (scope[1].Split('/')[1] != options.Region)
        {
            return "AuthorizationHeaderMalformed";
        }

        var date = request.Headers["x-amz-date"].ToString();
        var toSign = $"AWS4-HMAC-SHA256\n{date}\n{scope[1]}\n{Hash(Canonical(request, parts["SignedHeaders"]))}";
        var key = scope[1]
            .Split('/')
            .Aggregate(Encoding.UTF8.GetBytes("AWS4" + options.SecretKey), (secret, part) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(part)));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign))) == parts["Signature"] ? null : "SignatureDoesNotMatch";
    }

    private static string Canonical(FakeRequest request, string signedHeaders)
    {
        var path = string.Join('/', request.Path.Split('/').Select(Uri.EscapeDataString));
        var query = string.Join('&', request.Query
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}")
            .Order(StringComparer.Ordinal));
        var headers = string.Concat(signedHeaders.Split(';').Select(name => $"{name}:{request.Headers[name].ToString().Trim()}\n"));
        return $"{request.Method}\n{path}\n{query}\n{headers}\n{signedHeaders}\n{request.Headers["x-amz-content-sha256"]}";
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
