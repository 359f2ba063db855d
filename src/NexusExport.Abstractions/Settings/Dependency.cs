namespace NexusExport;

/// <summary>A destination that another one uses the results of. As text: <c>name</c>, or <c>name?</c> for an optional one.</summary>
/// <param name="Name">Its name, without the mark.</param>
/// <param name="IsOptional">Whether the dependant runs all the same where the other one does not have the record, or does not exist.</param>
public sealed record Dependency(string Name, bool IsOptional = false)
{
    private const char OptionalMark = '?';

    /// <summary>Reads <c>name</c> or <c>name?</c>.</summary>
    public static Dependency Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.EndsWith(OptionalMark) ? new(text[..^1].TrimEnd(), IsOptional: true) : new(text);
    }

    /// <summary>Reads <c>name</c> or <c>name?</c>, so that a destination can say <c>DependsOn => ["cdcs?"]</c>.</summary>
    public static implicit operator Dependency(string text) => Parse(text);

    /// <summary>Whether <paramref name="name"/>, in any case, is its name.</summary>
    public bool IsOn(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() => IsOptional ? Name + OptionalMark : Name;
}
