using System.Collections;

namespace NexusExport.PowerShell.Reading;

/// <summary>What an object from the pipeline says of a record: where its file is, or which session it belongs to. An object may say both, or nothing.</summary>
internal sealed record RecordReference
{
    // Members of files, of results, and of what Get-Item and Import-Csv give; exact paths. FullName before PSPath: it is the same without a drive.
    private static readonly string[] ExactMembers = ["FullName", "LiteralPath", "PSPath", "RecordPath"];

    /// <summary>Paths that are taken as they are written.</summary>
    public IReadOnlyList<string> Exact { get; init; } = [];

    /// <summary>Paths in which a person may have written wildcards.</summary>
    public IReadOnlyList<string> Patterns { get; init; } = [];

    /// <summary>The session's identifier; null where none is told.</summary>
    public string? SessionIdentifier { get; init; }

    public bool SaysNothing => Exact.Count == 0 && Patterns.Count == 0 && SessionIdentifier is null;

    /// <summary>
    /// A text is a path. Of any other object the members tell, by their names, whatever its type: results and records also come from files and jobs.
    /// </summary>
    /// <param name="value">The object without PowerShell's wrapping.</param>
    /// <param name="member">The value of a member or key, null where there is none.</param>
    public static RecordReference Of(object value, Func<string, object?> member)
    {
        if (value is string text)
        {
            return new() { Patterns = Texts(text) };
        }

        var session = Texts(member("SessionIdentifier")) is [var only] ? only : null;
        var exact = ExactMembers.Select(name => Texts(member(name))).FirstOrDefault(texts => texts.Count > 0) ?? [];
        var paths = exact.Count > 0 ? [] : Texts(member("Path"));

        // What tells a session, too, is a record of ours: its path is a file's, with whatever brackets it has.
        return session is null
            ? new() { Exact = exact, Patterns = paths }
            : new() { Exact = exact.Count > 0 ? exact : paths, SessionIdentifier = session };
    }

    private static List<string> Texts(object? value) => value switch
    {
        string text => string.IsNullOrWhiteSpace(text) ? [] : [text],
        IEnumerable several => [.. several.Cast<object?>().SelectMany(Texts)],
        null => [],
        var other => Texts(other.ToString()),
    };
}
