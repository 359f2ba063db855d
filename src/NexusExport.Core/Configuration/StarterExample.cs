using System.Text.RegularExpressions;
using NexusExport.Configuration.Values;

namespace NexusExport.Configuration;

/// <summary>The value that a setting is shown with in the starter file.</summary>
internal static partial class StarterExample
{
    /// <summary>Its default, else an example of its kind; quoted where YAML needs it.</summary>
    public static string For(SettingDefinition setting, string owner) => Quote(setting switch
    {
        { Default: { } text } => text,
        { Kind: SettingKind.Secret } => $"env:{setting.Variable ?? $"{owner}_{setting.Name}".ToUpperInvariant()}",
        { Allowed: [var first, ..] } => first,
        { Kind: SettingKind.Url } => $"https://{owner}.example.org/",
        { Kind: SettingKind.Boolean } => "false",
        { Kind: SettingKind.Integer } => "1",
        { Kind: SettingKind.Path } => setting.Name,
        _ => "text",
    });

    /// <summary>Its default, else the table's example, else one of its kind.</summary>
    public static string For(CoreSetting setting) =>
        setting.Definition.Default is null && setting.Example is { } example ? Quote(example) : For(setting.Definition, setting.Name);

    private static string Quote(string text) => Plain().IsMatch(text) ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[A-Za-z0-9./_-][A-Za-z0-9./_:-]*(?<!:)\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plain();
}
