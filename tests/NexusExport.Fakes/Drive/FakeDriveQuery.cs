using System.Text.RegularExpressions;

namespace NexusExport.Fakes.Drive;

/// <summary>The part of Drive's search language that exporters need; anything else is refused as Drive refuses what it cannot read.</summary>
internal sealed partial record FakeDriveQuery(string? Name, string Parent, string? Key, string? Value)
{
    public static FakeDriveQuery? Parse(string text)
    {
        var match = Shape().Match(text);
        return match.Success
            ? new(
                match.Groups["name"].Success ? Unquote(match.Groups["name"].Value) : null,
                Unquote(match.Groups["parent"].Value),
                match.Groups["key"].Success ? Unquote(match.Groups["key"].Value) : null,
                match.Groups["value"].Success ? Unquote(match.Groups["value"].Value) : null)
            : null;
    }

    public bool Finds(FakeDriveFile file) =>
        !file.Trashed
        && (Name is null || string.Equals(file.Name, Name, StringComparison.OrdinalIgnoreCase))
        && file.Parents.Contains(Parent, StringComparer.Ordinal)
        && (Key is null || (file.AppProperties.TryGetValue(Key, out var value) && value == Value));

    private static string Unquote(string text) => Escape().Replace(text, "${character}");

    [GeneratedRegex(
        @"^(name = '(?<name>(\\['\\]|[^'\\])*)' and )?'(?<parent>(\\['\\]|[^'\\])*)' in parents and trashed = false( and appProperties has \{ key='(?<key>(\\['\\]|[^'\\])*)' and value='(?<value>(\\['\\]|[^'\\])*)' \})?$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();

    [GeneratedRegex(@"\\(?<character>['\\])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escape();
}
