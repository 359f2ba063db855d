using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using NexusExport.Configuration;

namespace NexusExport.Security;

/// <summary>
/// The last defence: replaces known secrets in a text by ***, also where they are URL-, JSON- or base64-encoded. A secret that was never
/// revealed cannot have got anywhere, so it is not asked for. Secrets under four characters are left alone: they would tear up every text.
/// </summary>
public sealed class SecretRedactor
{
    private const int ShortestSecret = 4;
    private readonly List<Entry> _entries;

    /// <summary>A redactor of these secrets.</summary>
    public SecretRedactor(IEnumerable<SecretText> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        _entries = [.. secrets.Select(secret => new Entry(secret))];
    }

    /// <summary>A redactor of every secret in the settings, the passwords in their URLs included.</summary>
    public static SecretRedactor For(ExportSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var values = settings.Destinations.SelectMany(destination => destination.Values.Values).ToList();
        return new SecretRedactor(values.OfType<SecretText>()
            .Concat(values.OfType<string>().SelectMany(UrlCredentials.Passwords).SelectMany(Spellings).Select(password => new SecretText(password))));
    }

    /// <summary>The text without any known secret.</summary>
    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // The longest first: a secret may be part of another one.
        foreach (var form in _entries.SelectMany(entry => entry.Forms).OrderByDescending(form => form.Length))
        {
            text = text.Replace(form, SecretText.Mask, StringComparison.OrdinalIgnoreCase);
        }

        return UrlCredentials.Mask(text);
    }

    private static IEnumerable<string> Spellings(string password) => [password, Uri.UnescapeDataString(password)];

    private sealed class Entry(SecretText secret)
    {
        private IReadOnlyList<string>? _forms;

        public IReadOnlyList<string> Forms => _forms ?? (secret.Known is { } text ? _forms = FormsOf(text) : []);

        private static IReadOnlyList<string> FormsOf(string text)
        {
            if (text.Length < ShortestSecret)
            {
                return [];
            }

            var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=');
            return
            [
                .. new[]
                {
                    text,
                    Uri.EscapeDataString(text),
                    WebUtility.UrlEncode(text),
                    JavaScriptEncoder.Default.Encode(text),
                    base64,
                    base64.Replace('+', '-').Replace('/', '_'),
                }.Distinct(StringComparer.Ordinal),
            ];
        }
    }
}
