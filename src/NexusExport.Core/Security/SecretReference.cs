namespace NexusExport.Security;

/// <summary>Where a secret is to be had from.</summary>
internal enum SecretScheme
{
    /// <summary>The setting is the secret itself.</summary>
    Plain,

    /// <summary>env:NAME, an environment variable or a line of .env.</summary>
    Variable,

    /// <summary>file:PATH, the content of a file without its last line break.</summary>
    File,

    /// <summary>secret:VAULT/NAME, an entry of a PowerShell SecretManagement vault.</summary>
    Vault,
}

/// <summary>What the text of a secret setting refers to. A class, because a record would print a plain secret.</summary>
internal sealed class SecretReference
{
    private static readonly (string Prefix, SecretScheme Scheme)[] Prefixes =
    [
        ("env:", SecretScheme.Variable),
        ("file:", SecretScheme.File),
        ("secret:", SecretScheme.Vault),
    ];

    private SecretReference(SecretScheme scheme, string target) => (Scheme, Target) = (scheme, target);

    public SecretScheme Scheme { get; }

    /// <summary>A variable's name, a path or VAULT/NAME; for <see cref="SecretScheme.Plain"/> the secret itself.</summary>
    internal string Target { get; }

    /// <summary>Reads a setting's text; what begins with no known scheme is the secret itself.</summary>
    public static SecretReference Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var (prefix, scheme) in Prefixes)
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal))
            {
                return new SecretReference(scheme, text[prefix.Length..].Trim());
            }
        }

        return new SecretReference(SecretScheme.Plain, text);
    }

    /// <inheritdoc/>
    public override string ToString() => SecretText.Mask;
}
