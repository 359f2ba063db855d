using NexusExport.Security;

namespace NexusExport.Destinations.Http;

/// <summary>Takes a destination's secrets out of text that a server wrote: some echo what they were sent.</summary>
internal sealed class SecretRedaction(params IReadOnlyList<SecretText> secrets)
{
    /// <summary><paramref name="text"/> with every secret, however it is spelled there, replaced by ***.</summary>
    public string Apply(string text)
    {
        foreach (var form in secrets.SelectMany(secret => SecretForms.Of(secret.Reveal().Trim())).OrderByDescending(form => form.Length))
        {
            text = new SecretSpelling(form).Mask(text);
        }

        return text;
    }
}
