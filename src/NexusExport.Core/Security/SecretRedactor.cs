namespace NexusExport.Security;

/// <summary>
/// The last defence: replaces known secrets in a text by ***, however they are spelled there (<see cref="SecretSpelling"/>), also in base64 and
/// within a longer text in base64, as Basic authentication has it. A secret that was never revealed cannot have got anywhere, so it is not
/// asked for. Of all texts, secrets under four characters are left alone, for they would tear them up; what a server answered loses those, too.
/// </summary>
internal sealed class SecretRedactor
{
    private const int ShortestAnywhere = 4;
    private readonly List<Entry> _entries;

    /// <summary>A redactor of these secrets.</summary>
    public SecretRedactor(params IEnumerable<SecretText> secrets)
        : this(ShortestAnywhere, secrets)
    {
    }

    private SecretRedactor(int shortest, IEnumerable<SecretText> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        _entries = [.. secrets.Select(secret => new Entry(secret, shortest))];
    }

    /// <summary>A redactor for what one destination's server says: some echo what they were sent, however short it is.</summary>
    public static SecretRedactor ForAnswers(params IEnumerable<SecretText> secrets) => new(shortest: 1, secrets);

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

    private sealed class Entry(SecretText secret, int shortest)
    {
        private IReadOnlyList<SecretSpelling>? _forms;

        public IReadOnlyList<SecretSpelling> Forms => _forms ?? (secret.Known?.Trim() is { } text ? _forms = FormsOf(text) : []);

        private IReadOnlyList<SecretSpelling> FormsOf(string text) =>
            text.Length < shortest ? [] : [.. SecretForms.Of(text).Where(form => form.Length >= shortest).Select(form => new SecretSpelling(form))];
    }
}
