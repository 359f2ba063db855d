namespace NexusExport.Security;

/// <summary>A secret setting's value, and what is wrong with it.</summary>
/// <param name="Secret">The secret; where there is a problem, revealing it throws SECRET_UNAVAILABLE.</param>
/// <param name="Problem">Why there is no secret; null where there is one (as far as can be told without asking a vault).</param>
internal sealed record ResolvedSecret(SecretText Secret, string? Problem)
{
    public static ResolvedSecret Unavailable(string problem) =>
        new(new SecretText(() => throw new ExportException(ExportErrorCode.SecretUnavailable, problem)), problem);
}

/// <summary>
/// Turns references into secrets. Whether a variable or a file exists is looked up at once, so that configuration can tell;
/// files and vaults are read only when the secret is needed.
/// </summary>
/// <param name="variable">Value of a variable of the environment or .env; null where it is not set.</param>
/// <param name="vault">Secret of a vault's entry (vault, name), or null; null itself where no vault can be asked.</param>
/// <param name="resolvePath">Absolute path of a file reference.</param>
internal sealed class SecretResolver(
    Func<string, string?> variable,
    Func<string, string, string?>? vault,
    Func<string, string> resolvePath)
{
    private const int MaxFileBytes = 64 * 1024;

    public ResolvedSecret Resolve(SecretReference reference) => reference.Scheme switch
    {
        SecretScheme.Variable => Variable(reference.Target),
        SecretScheme.File => File(reference.Target),
        SecretScheme.Vault => Vault(reference.Target),
        _ => new ResolvedSecret(new SecretText(reference.Target), Problem: null),
    };

    private ResolvedSecret Variable(string name) =>
        variable(name) is { Length: > 0 } text
            ? new ResolvedSecret(new SecretText(text), Problem: null)
            : ResolvedSecret.Unavailable($"the variable {name} is not set, neither in the environment nor in .env");

    private ResolvedSecret File(string path)
    {
        var full = resolvePath(path);
        if (!System.IO.File.Exists(full))
        {
            return ResolvedSecret.Unavailable($"the file {full} does not exist");
        }

        return RegularFile.WhatElse(full) is { } kind
            ? ResolvedSecret.Unavailable($"{full} is {kind}, not a file")
            : new ResolvedSecret(new SecretText(() => Read(full)), Problem: null);
    }

    private ResolvedSecret Vault(string target)
    {
        var slash = target.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == target.Length - 1)
        {
            return ResolvedSecret.Unavailable("a vault's secret is written secret:VAULT/NAME");
        }

        var (name, entry) = (target[..slash], target[(slash + 1)..]);
        return vault is null
            ? ResolvedSecret.Unavailable(
                "a vault's secret needs PowerShell with the module Microsoft.PowerShell.SecretManagement; elsewhere use env:NAME or file:PATH")
            : new ResolvedSecret(new SecretText(() => Ask(vault, name, entry)), Problem: null);
    }

    private static string Ask(Func<string, string, string?> vault, string name, string entry) =>
        vault(name, entry) is { Length: > 0 } secret
            ? secret
            : throw new ExportException(ExportErrorCode.SecretUnavailable, $"The vault {name} has no secret named {entry}.");

    private static string Read(string path)
    {
        try
        {
            using var stream = RegularFile.OpenRead(path);
            var content = new byte[MaxFileBytes + 1];
            var length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            if (length > MaxFileBytes)
            {
                throw new ExportException(ExportErrorCode.SecretUnavailable, $"The secret's file {path} is larger than {MaxFileBytes} bytes.");
            }

            using var reader = new StreamReader(new MemoryStream(content, 0, length));
            var text = reader.ReadToEnd();
            text = text.EndsWith('\n') ? text[..^1] : text;
            text = text.EndsWith('\r') ? text[..^1] : text;
            return text.Length > 0 ? text : throw new ExportException(ExportErrorCode.SecretUnavailable, $"The secret's file {path} is empty.");
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new ExportException(ExportErrorCode.SecretUnavailable, $"The secret's file {path} cannot be read: {ex.Message}", ex);
        }
    }
}
