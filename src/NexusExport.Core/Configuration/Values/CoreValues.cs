using System.Collections.Immutable;
using NexusExport.Configuration.Sources;

namespace NexusExport.Configuration.Values;

/// <summary>The effective values of the core settings: variable before file before default, each with where it came from.</summary>
internal sealed class CoreValues
{
    private readonly ImmutableDictionary<string, (object? Value, Origin Origin)> _values;

    private CoreValues(ImmutableDictionary<string, (object? Value, Origin Origin)> values) => _values = values;

    /// <summary>Takes each from where it is given. A text that is none of its kind, and a file that is not there, are errors.</summary>
    public static CoreValues Read(
        IReadOnlyDictionary<string, SettingText> file,
        VariableSet variables,
        SettingReader reader,
        Origin fallback,
        ConfigurationFindings findings)
    {
        var values = ImmutableDictionary.CreateBuilder<string, (object? Value, Origin Origin)>(StringComparer.Ordinal);
        foreach (var setting in CoreSettings.All)
        {
            var text = Find(setting, file, variables) ?? (setting.Definition.Default is { } standard ? new SettingText(standard, fallback) : null);
            var value = text is null ? null : reader.Read(setting.Definition, text, setting.Minimum, setting.Maximum);
            if (setting.MustExist && value is string path && WhyNoFile(path) is { } reason)
            {
                findings.Error(text!.Origin, $"{setting.Name} names the file {path}, which {reason}");
            }

            values[setting.Name] = (value, text?.Origin ?? fallback);
        }

        return new(values.ToImmutable());
    }

    public string? Text(string name) => _values[name].Value as string;

    /// <summary>A number; 0 where its text was in error, in which case no settings are made of it.</summary>
    public long Number(string name) => _values[name].Value is long number ? number : 0;

    public bool Flag(string name) => _values[name].Value is true;

    public TimeSpan Milliseconds(string name) => TimeSpan.FromMilliseconds(Number(name));

    public Origin OriginOf(string name) => _values[name].Origin;

    /// <summary>The same values but for one, which follows from others.</summary>
    public CoreValues With(string name, string value, Origin origin) => new(_values.SetItem(name, (value, origin)));

    public IEnumerable<ExportSetting> Show() =>
        CoreSettings.All.Select(setting => new ExportSetting(setting.Name, _values[setting.Name].Value, _values[setting.Name].Origin.Source));

    private static string? WhyNoFile(string path) =>
        !File.Exists(path) ? "does not exist" : RegularFile.WhatElse(path) is { } kind ? $"is {kind}" : null;

    private static SettingText? Find(CoreSetting setting, IReadOnlyDictionary<string, SettingText> file, VariableSet variables) =>
        (setting.Definition.Variable is { } variable ? variables.Find(variable) : null) ?? file.GetValueOrDefault(setting.Name);
}
