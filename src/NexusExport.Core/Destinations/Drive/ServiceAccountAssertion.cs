using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NexusExport.Destinations.Drive;

/// <summary>
/// The signed JWT by which a service account asks for an access token (RS256; RFC 7523,
/// https://developers.google.com/identity/protocols/oauth2/service-account#authorizingrequests).
/// </summary>
internal static class ServiceAccountAssertion
{
    /// <summary>How long an assertion is good for; Google takes no more.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Makes one. Throws CryptographicException or ArgumentException for a key that is none.</summary>
    /// <param name="credentials">A service account's.</param>
    /// <param name="scope">Scope asked for.</param>
    /// <param name="subject">User to act for; null for the account itself.</param>
    /// <param name="now">Time of issue.</param>
    public static string Create(DriveCredentials credentials, string scope, string? subject, DateTimeOffset now)
    {
        var header = Encode(writer =>
        {
            writer.WriteString("alg"u8, "RS256"u8);
            writer.WriteString("typ"u8, "JWT"u8);
            WriteIfAny(writer, "kid", credentials.PrivateKeyId);
        });
        var claims = Encode(writer =>
        {
            writer.WriteString("iss"u8, credentials.ServiceAccount);
            WriteIfAny(writer, "sub", subject);
            writer.WriteString("scope"u8, scope);
            writer.WriteString("aud"u8, credentials.TokenUri);
            writer.WriteNumber("iat"u8, now.ToUnixTimeSeconds());
            writer.WriteNumber("exp"u8, (now + Lifetime).ToUnixTimeSeconds());
        });
        var signed = $"{header}.{claims}";
        using var key = RSA.Create();
        key.ImportFromPem(credentials.PrivateKey);
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static void WriteIfAny(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static string Encode(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Base64Url.EncodeToString(buffer.ToArray());
    }
}
