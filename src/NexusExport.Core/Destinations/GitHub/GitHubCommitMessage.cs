using System.Text.RegularExpressions;

namespace NexusExport.Destinations.GitHub;

/// <summary>Fills in the template of a commit's message.</summary>
internal static partial class GitHubCommitMessage
{
    public const string Create = "Create";
    public const string Update = "Update";

    /// <summary>What a template may hold.</summary>
    public static IReadOnlyList<string> Placeholders { get; } = ["{action}", "{filename}", "{session}", "{instrument}", "{user}"];

    /// <summary>The first placeholder that nobody fills in; null if there is none.</summary>
    public static string? UnknownPlaceholder(string template) =>
        Placeholder().Matches(template)
            .Select(match => match.Value)
            .FirstOrDefault(name => !Placeholders.Contains(name, StringComparer.Ordinal));

    /// <summary>The message for one record; a fact that is not known is left out.</summary>
    public static string From(string template, string action, string path, ExportContext context)
    {
        return Placeholder().Replace(template, match => OneLine(FactOf(match.Value)));

        string? FactOf(string placeholder) => placeholder switch
        {
            "{action}" => action,
            "{filename}" => path[(path.LastIndexOf('/') + 1)..],
            "{session}" => context.Document.SessionIdentifier,
            "{instrument}" => context.Document.Record?.InstrumentName ?? context.Document.Record?.InstrumentPid,
            "{user}" => context.Document.Record?.User,
            _ => placeholder,
        };
    }

    // A line break within a fact would end the commit's subject, or forge a trailer.
    private static string OneLine(string? text) =>
        string.Concat((text ?? string.Empty).Select(character => char.IsControl(character) ? ' ' : character));

    [GeneratedRegex(@"\{[a-z_]+\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
