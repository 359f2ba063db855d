namespace NexusExport.Configuration;

/// <summary>One entry of depends_on: <c>name</c>, or <c>name?</c> for a destination whose failure does not matter.</summary>
/// <param name="Name">The destination's name, without the mark.</param>
/// <param name="IsOptional">Whether the dependant runs without it.</param>
/// <param name="Origin">Where it was written.</param>
internal sealed record DependencyName(string Name, bool IsOptional, Origin Origin)
{
    private const char OptionalMark = '?';

    public static DependencyName From(SettingText text) => text.Text.EndsWith(OptionalMark)
        ? new(text.Text[..^1].TrimEnd(), IsOptional: true, text.Origin)
        : new(text.Text, IsOptional: false, text.Origin);

    /// <inheritdoc/>
    public override string ToString() => IsOptional ? Name + OptionalMark : Name;
}
