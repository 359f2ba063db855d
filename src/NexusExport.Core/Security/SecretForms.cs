using System.Text;

namespace NexusExport.Security;

/// <summary>What a secret looks like where it was recoded as a whole.</summary>
internal static class SecretForms
{
    // Fewer letters of base64 than this are found in any text.
    private const int ShortestPart = 8;

    /// <summary>The secret, as it is and decoded, and its base64 at each of the three places that it can take in a longer text.</summary>
    public static IEnumerable<string> Of(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        return new[] { secret, Uri.UnescapeDataString(secret), Convert.ToBase64String(bytes).TrimEnd('=') }
            .Concat(Enumerable.Range(0, 3).Select(offset => Inner(bytes, offset)).Where(part => part.Length >= ShortestPart))
            .SelectMany(form => new[] { form, form.Replace('+', '-').Replace('/', '_') })
            .Concat(bytes.Length >= ShortestPart ? [Convert.ToHexString(bytes)] : [])
            .Where(form => form.Length > 0)
            .Distinct(StringComparer.Ordinal);
    }

    /// <summary>The letters of base64 that depend on the secret alone, after <paramref name="offset"/> bytes that nobody knows.</summary>
    private static string Inner(byte[] secret, int offset)
    {
        var encoded = Convert.ToBase64String([.. new byte[offset], .. secret]);
        var (first, last) = ((offset * 8 + 5) / 6, (offset + secret.Length) * 8 / 6);
        return first < last ? encoded[first..last] : string.Empty;
    }
}
