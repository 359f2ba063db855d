using System.Globalization;
using NexusExport.Configuration.Sources;

namespace NexusExport.Routing.Plugins;

/// <summary>A script plugin as its file describes it.</summary>
/// <param name="Name">Name of its type and, unless configured, of its destination.</param>
/// <param name="Priority">0 to 1000.</param>
/// <param name="Enabled">Whether records go there unless the configuration says otherwise.</param>
/// <param name="DependsOn">Names of the destinations whose results it uses; <c>name?</c> for an optional one.</param>
/// <param name="Export">Publishes; gets the <see cref="ExportContext"/>.</param>
/// <param name="Test">Tests the connection; null for none.</param>
/// <param name="Find">Looks for the record; gets the <see cref="ExportContext"/>; null for none.</param>
/// <param name="Undo">Takes an export back; gets the <see cref="DestinationReceipt"/>; null for none.</param>
internal sealed record ScriptPlugin(
    string Name,
    int Priority,
    bool Enabled,
    IReadOnlyList<string> DependsOn,
    ScriptCode Export,
    ScriptCode? Test,
    ScriptCode? Find,
    ScriptCode? Undo)
{
    private const int DefaultPriority = 50;
    private const int MostDependencies = 1000;

    private static readonly IReadOnlyList<string> Members =
        [nameof(Name), nameof(Priority), nameof(Enabled), nameof(DependsOn), nameof(Export), nameof(Test), nameof(Find), nameof(Undo)];

    /// <summary>Reads the object that a script file returned. Throws PLUGIN_FAILED with what is wrong with it.</summary>
    /// <param name="path">The file, whose name stands in where the object has none.</param>
    /// <param name="output">What the file wrote; the last of it counts.</param>
    public static ScriptPlugin Read(string path, IReadOnlyList<object?> output)
    {
        if (output is not [.., IReadOnlyDictionary<string, object?> members])
        {
            throw Wrong("it must return a hashtable or an object with Name, Priority and an Export script block");
        }

        if (members.Keys.FirstOrDefault(key => !Members.Contains(key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw Wrong($"it returns the unknown member '{unknown}'{NearestName.Hint(unknown, Members)}");
        }

        return new(
            members.GetValueOrDefault(nameof(Name)) as string ?? Path.GetFileNameWithoutExtension(path),
            ReadPriority(members.GetValueOrDefault(nameof(Priority))),
            members.GetValueOrDefault(nameof(Enabled)) switch
            {
                null => true,
                bool flag => flag,
                _ => throw Wrong("its Enabled must be $true or $false"),
            },
            ReadNames(members.GetValueOrDefault(nameof(DependsOn))),
            Code(members, nameof(Export)) ?? throw Wrong("it returns no Export script block"),
            Code(members, nameof(Test)),
            Code(members, nameof(Find)),
            Code(members, nameof(Undo)));
    }

    private static int ReadPriority(object? value) => value switch
    {
        null => DefaultPriority,
        IConvertible number when Number(number.ToString(CultureInfo.InvariantCulture)) is { } priority => priority,
        _ => throw Wrong("its Priority must be a whole number from 0 to 1000"),
    };

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IReadOnlyList<string> ReadNames(object? value) => value switch
    {
        null => [],
        string name => [name],
        IEnumerable<object?> names when names.Take(MostDependencies).ToList() is var first && first.TrueForAll(name => name is string) =>
            [.. first.Cast<string>()],
        _ => throw Wrong("its DependsOn must be names of destinations"),
    };

    private static ScriptCode? Code(IReadOnlyDictionary<string, object?> members, string name) => members.GetValueOrDefault(name) switch
    {
        null => null,
        ScriptCode code => code,
        _ => throw Wrong($"its {name} must be a script block"),
    };

    private static ExportException Wrong(string what) => new(ExportErrorCode.PluginFailed, what);
}
