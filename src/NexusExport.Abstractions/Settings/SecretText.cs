namespace NexusExport;

/// <summary>A secret that cannot be printed by accident: every way of showing it gives ***.</summary>
public sealed class SecretText
{
    /// <summary>What is shown in its place.</summary>
    public const string Mask = "***";

    private readonly Lazy<string> _value;

    /// <summary>A secret whose text is known.</summary>
    public SecretText(string text) => _value = new Lazy<string>(text);

    /// <summary>A reference that is resolved only when the secret is needed. May throw SECRET_UNAVAILABLE.</summary>
    public SecretText(Func<string> reveal) => _value = new Lazy<string>(reveal);

    /// <summary>The secret if it is known already; null while nobody has needed it.</summary>
    internal string? Known => _value.IsValueCreated ? _value.Value : null;

    /// <summary>The secret itself: for the one place that puts it on the wire.</summary>
    public string Reveal() => _value.Value;

    /// <inheritdoc/>
    public override string ToString() => Mask;
}
