using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace NexusExport.Fakes.Drive;

/// <summary>Google's token endpoint: refresh tokens and signed assertions of service accounts.</summary>
internal sealed class FakeDriveTokens(FakeDriveOptions options, Func<string> url)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _valid = new(StringComparer.Ordinal);
    private int _issued;

    public int Issued => Volatile.Read(ref _issued);

    public static string Token(int number) => string.Create(CultureInfo.InvariantCulture, $"ya29.fake-access-token-{number}");

    public bool Accepts(string authorization)
    {
        lock (_gate)
        {
            return authorization.StartsWith("Bearer ", StringComparison.Ordinal) && _valid.Contains(authorization["Bearer ".Length..]);
        }
    }

    /// <summary>Makes every token so far worthless.</summary>
    public void Revoke()
    {
        lock (_gate)
        {
            _valid.Clear();
        }
    }

    public FakeAnswer Ask(FakeRequest request)
    {
        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(request.Body));
        var granted = form["grant_type"].ToString() switch
        {
            "refresh_token" => form["refresh_token"] == options.RefreshToken && form["client_secret"] == options.ClientSecret,
            "urn:ietf:params:oauth:grant-type:jwt-bearer" => Verify(form["assertion"].ToString()),
            _ => false,
        };
        if (!granted)
        {
            return FakeAnswer.Json(400, """{"error":"invalid_grant","error_description":"Token has been expired or revoked."}""");
        }

        lock (_gate)
        {
            var token = Token(++_issued);
            _valid.Add(token);
            return FakeAnswer.Json(200, JsonSerializer.Serialize(new { access_token = token, expires_in = options.TokenSeconds, token_type = "Bearer" }));
        }
    }

    private bool Verify(string assertion)
    {
        if (options.ServiceAccountKey is null || assertion.Split('.') is not [var header, var claims, var signature])
        {
            return false;
        }

        using var key = RSA.Create();
        key.ImportFromPem(options.ServiceAccountKey);
        using var said = JsonDocument.Parse(Base64Url.DecodeFromChars(claims));
        using var head = JsonDocument.Parse(Base64Url.DecodeFromChars(header));
        var (issued, expires) = (said.RootElement.GetProperty("iat").GetInt64(), said.RootElement.GetProperty("exp").GetInt64());
        return key.VerifyData(Encoding.ASCII.GetBytes($"{header}.{claims}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            && head.RootElement.GetProperty("alg").GetString() == "RS256"
            && said.RootElement.GetProperty("aud").GetString() == url()
            && said.RootElement.GetProperty("scope").GetString()!.Length > 0
            && expires - issued is > 0 and <= 3600;
    }
}
