using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace NexusExport.Host.Commands;

/// <summary>Reads option values the same way under every culture, with an error that says what is accepted.</summary>
internal static class OptionValues
{
    private static readonly Dictionary<string, ExportStrategy> Strategies = new(StringComparer.OrdinalIgnoreCase)
    {
        ["all"] = ExportStrategy.All,
        ["first_success"] = ExportStrategy.FirstSuccess,
        ["best_effort"] = ExportStrategy.BestEffort,
        ["FirstSuccess"] = ExportStrategy.FirstSuccess,
        ["BestEffort"] = ExportStrategy.BestEffort,
    };

    /// <summary>One of the spellings in <paramref name="values"/>; several may mean the same, and the error names the first of them.</summary>
    public static T? Parse<T>(ArgumentResult result, IReadOnlyDictionary<string, T> values)
    {
        var text = result.Tokens[^1].Value;
        if (values.TryGetValue(text, out var value))
        {
            return value;
        }

        result.AddError($"'{text}' is none of {string.Join(", ", values.DistinctBy(pair => pair.Value).Select(pair => pair.Key))}.");
        return default;
    }

    /// <summary>A strategy in its configuration's or its cmdlet's spelling.</summary>
    public static ExportStrategy? Strategy(ArgumentResult result) => Parse(result, Strategies);

    /// <summary>A date, or a date and time; local time unless it has an offset.</summary>
    public static DateTimeOffset? Moment(ArgumentResult result)
    {
        var text = result.Tokens[^1].Value;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var moment))
        {
            return moment;
        }

        result.AddError($"'{text}' is no date. Write it as 2026-01-23 or 2026-01-23T14:30:00+01:00.");
        return null;
    }

    /// <summary>A whole number from 1 to <paramref name="maximum"/>.</summary>
    public static int? Count(ArgumentResult result, int maximum)
    {
        var text = result.Tokens[^1].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1 && count <= maximum)
        {
            return count;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"'{text}' is no whole number from 1 to {maximum}."));
        return null;
    }

    /// <summary>Refuses values that look like an option: a mistyped --what-if must not pass for a path.</summary>
    public static void RefuseOptions(ArgumentResult result)
    {
        foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-')))
        {
            result.AddError($"There is no option '{token.Value}' (a file of that name is spelled './{token.Value}').");
        }
    }
}
