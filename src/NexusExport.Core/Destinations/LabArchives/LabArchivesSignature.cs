using System.Security.Cryptography;
using System.Text;

namespace NexusExport.Destinations.LabArchives;

/// <summary>
/// Signs calls: base64 of HMAC-SHA-512, keyed with the access password, over access key id + method + expires
/// (LabArchives API, "Call Authentication").
/// </summary>
internal sealed class LabArchivesSignature(string destination, string accessKeyId, SecretText accessPassword)
{
    private const string Parameter = "sig=";

    /// <summary>The signature, not yet escaped. Throws CONFIGURATION_INVALID where the password is blank.</summary>
    /// <param name="method">Bare name of the method, without its class.</param>
    /// <param name="expires">Milliseconds since 1970 by the server's clock, as sent.</param>
    public string Sign(string method, string expires)
    {
        // A file that holds a password mostly ends in a line break.
        var password = accessPassword.Reveal().Trim();
        if (password.Length == 0)
        {
            throw new ExportException(ExportErrorCode.ConfigurationInvalid, $"The access_password of '{destination}' is empty.");
        }

        var message = Encoding.UTF8.GetBytes(accessKeyId + method + expires);
        return Convert.ToBase64String(HMACSHA512.HashData(Encoding.UTF8.GetBytes(password), message));
    }

    /// <summary><paramref name="text"/> without the signature of the call that went to <paramref name="address"/>: it is valid for two minutes.</summary>
    public static string Redact(string text, Uri address)
    {
        var escaped = address.Query.TrimStart('?').Split('&').FirstOrDefault(part => part.StartsWith(Parameter, StringComparison.Ordinal))?[Parameter.Length..];
        return string.IsNullOrEmpty(escaped)
            ? text
            : text.Replace(escaped, SecretText.Mask, StringComparison.OrdinalIgnoreCase)
                .Replace(Uri.UnescapeDataString(escaped), SecretText.Mask, StringComparison.Ordinal);
    }
}
