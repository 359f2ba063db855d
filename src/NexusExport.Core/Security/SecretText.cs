namespace NexusExport.Security;

/// <summary>A secret that cannot be printed by accident: every way of showing it gives ***.</summary>
public sealed class SecretText
{
    /// <summary>What is shown in its place.</summary>
    public const string Mask = "***";

    private readonly Func<string> _reveal;

    /// <summary>A secret whose text is known.</summary>
    public SecretText(string text) => _reveal = () => text;

    /// <summary>A reference that is resolved only when the secret is needed. May throw SECRET_UNAVAILABLE.</summary>
    public SecretText(Func<string> reveal)
    {
        var value = new Lazy<string>(reveal);
        _reveal = () => value.Value;
    }

    /// <summary>The secret itself: for the one place that puts it on the wire.</summary>
    public string Reveal() => _reveal();

    /// <inheritdoc/>
    public override string ToString() => Mask;
}
