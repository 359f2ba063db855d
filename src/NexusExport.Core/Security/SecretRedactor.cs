namespace NexusExport.Security;

/// <summary>
/// The last defence: replaces known secrets in a text by ***, however they are spelled there (<see cref="SecretSpelling"/>), also in base64 and
/// within a longer text in base64, as Basic authentication has it. A secret that was never revealed cannot have got anywhere, so it is not
/// asked for. Secrets under four characters are left alone: they would tear up every text.
/// </summary>
internal sealed class SecretRedactor
{
    private const int ShortestSecret = 4;
    private readonly List<Entry> _entries;

    /// <summary>A redactor of these secrets.</summary>
    public SecretRedactor(params IEnumerable<SecretText> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        _entries = [.. secrets.Select(secret => new Entry(secret))];
    }

    /// <summary>The text without any known secret.</summary>
    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // The longest first: a secret may be part of another one.
        foreach (var form in _entries.SelectMany(entry => entry.Forms).OrderByDescending(form => form.Length))
        {
            text = form.Mask(text);
        }

        return UrlCredentials.Mask(text);
    }

    private sealed class Entry(SecretText secret)
    {
        private IReadOnlyList<SecretSpelling>? _forms;

        public IReadOnlyList<SecretSpelling> Forms => _forms ?? (secret.Known?.Trim() is { } text ? _forms = FormsOf(text) : []);

        private static IReadOnlyList<SecretSpelling> FormsOf(string text) =>
            text.Length < ShortestSecret ? [] : [.. SecretForms.Of(text).Where(form => form.Length >= ShortestSecret).Select(form => new SecretSpelling(form))];
    }
}
