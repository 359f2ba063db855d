using NexusExport.Security;

namespace NexusExport.Destinations.Http;

/// <summary>Takes a destination's secrets out of text that a server wrote: some echo what they were sent.</summary>
internal sealed class SecretRedaction(params IReadOnlyList<SecretText> secrets)
{
    /// <summary><paramref name="text"/> with every secret, plain or URL-escaped, replaced by ***.</summary>
    public string Apply(string text)
    {
        foreach (var secret in secrets)
        {
            var value = secret.Reveal().Trim();
            if (value.Length > 0)
            {
                text = text.Replace(value, SecretText.Mask, StringComparison.Ordinal)
                    .Replace(Uri.EscapeDataString(value), SecretText.Mask, StringComparison.OrdinalIgnoreCase);
            }
        }

        return text;
    }
}
