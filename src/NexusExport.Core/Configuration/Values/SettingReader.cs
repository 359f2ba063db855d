using System.Globalization;
using NexusExport.Configuration.Sources;

namespace NexusExport.Configuration.Values;

/// <summary>Turns a setting's text into its value. A text that cannot be one is an error that names the place but never the text.</summary>
internal sealed class SettingReader(UserPath paths, ConfigurationFindings findings)
{
    /// <summary>string, bool or long; null, with an error, where the text is not what the definition asks for.</summary>
    public object? Read(SettingDefinition definition, SettingText text, long minimum = long.MinValue, long maximum = long.MaxValue)
    {
        if (definition.Allowed.Count > 0)
        {
            return Choice(definition, text);
        }

        return definition.Kind switch
        {
            SettingKind.Boolean => (object?)Flag(text.Text) ?? Fail(definition, text, "must be true or false"),
            SettingKind.Integer => (object?)Number(text.Text, minimum, maximum) ?? Fail(definition, text, Range(minimum, maximum)),
            SettingKind.Url => Url(text.Text) ?? Fail(definition, text, "must be an address that begins with https:// or http://"),
            SettingKind.Path => FullPath(text) ?? Fail(definition, text, "must be a path"),
            _ => text.Text,
        };
    }

    /// <summary>What a text says of yes and no, in the words that pydantic takes (NexusLIMS's variables are read by it); null for any other.</summary>
    public static bool? Flag(string text) => text.Trim().ToLowerInvariant() switch
    {
        "true" or "1" or "yes" or "on" or "t" or "y" => true,
        "false" or "0" or "no" or "off" or "f" or "n" => false,
        _ => null,
    };

    private object? Choice(SettingDefinition definition, SettingText text) =>
        definition.Allowed.FirstOrDefault(allowed => NearestName.SameWord(allowed, text.Text))
        ?? Fail(definition, text, NearestName.Find(text.Text, definition.Allowed) is { } nearest
            ? $"must be one of {string.Join(", ", definition.Allowed)}; did you mean '{nearest}'?"
            : $"must be one of {string.Join(", ", definition.Allowed)}");

    private object? Fail(SettingDefinition definition, SettingText text, string message)
    {
        findings.Error(text.Origin, $"{definition.Name} {message}");
        return null;
    }

    private static long? Number(string text, long minimum, long maximum) =>
        long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= minimum
        && number <= maximum
            ? number
            : null;

    private static string Range(long minimum, long maximum) =>
        minimum == long.MinValue
            ? "must be a whole number"
            : string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {minimum} to {maximum}");

    private static string? Url(string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) && url.Scheme is ("http" or "https") && url.Host.Length > 0 ? text.Trim() : null;

    private string? FullPath(SettingText text) =>
        text.Text.Length > 0 && !text.Text.Contains('\0', StringComparison.Ordinal) ? paths.Resolve(text.Text, text.Origin.Folder) : null;
}
