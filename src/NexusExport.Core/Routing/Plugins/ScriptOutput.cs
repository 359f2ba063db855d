using System.Globalization;

namespace NexusExport.Routing.Plugins;

/// <summary>Understands what script blocks write. Only the last thing written counts: scripts write by accident, too.</summary>
internal static class ScriptOutput
{
    private const double MostSeconds = 1e9;
    private const int MostPermissions = 100;

    /// <summary>The receipt that Export or Find gave; null where it said $false.</summary>
    /// <param name="output">What was written: nothing, a bool, the record's id, or an object with RecordId, RecordUrl, Location and Metadata.</param>
    public static DestinationReceipt? Receipt(IReadOnlyList<object?> output) => Last(output) switch
    {
        null or true => new(),
        false => null,
        IReadOnlyDictionary<string, object?> members => new()
        {
            RecordId = Text(members, nameof(DestinationReceipt.RecordId)),
            RecordUrl = Text(members, nameof(DestinationReceipt.RecordUrl)),
            Location = Text(members, nameof(DestinationReceipt.Location)),
            Metadata = PlainValue.Members(members.GetValueOrDefault(nameof(DestinationReceipt.Metadata)) as IReadOnlyDictionary<string, object?>),
        },
        var id => new() { RecordId = ToText(id) },
    };

    /// <summary>What Test found: nothing, a bool, a message, or an object with Success, Message, Permissions and ServerVersion.</summary>
    /// <param name="name">The destination.</param>
    /// <param name="output">What was written.</param>
    public static ConnectionReport Report(string name, IReadOnlyList<object?> output)
    {
        var last = Last(output);
        var members = last as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>(StringComparer.Ordinal);
        var message = last as string ?? Text(members, nameof(ConnectionReport.Message));
        if (last is false || members.GetValueOrDefault("Success") is false)
        {
            throw new ExportException(ExportErrorCode.PluginFailed, message ?? $"The Test of '{name}' says that it cannot be used.");
        }

        IReadOnlyList<string> permissions = members.GetValueOrDefault(nameof(ConnectionReport.Permissions)) switch
        {
            string one => [one],
            IEnumerable<object?> several => [.. PlainValue.Elements(several, MostPermissions).Select(ToText).OfType<string>()],
            _ => ["write"],
        };
        return new(message ?? $"'{name}' is ready.", permissions, Text(members, nameof(ConnectionReport.ServerVersion)));
    }

    /// <summary>Text of a member; null where it is not set.</summary>
    public static string? Text(IReadOnlyDictionary<string, object?> members, string name) => ToText(members.GetValueOrDefault(name));

    /// <summary>A member that is a time: a TimeSpan, or a number of seconds above zero; null where it is neither.</summary>
    public static TimeSpan? Seconds(IReadOnlyDictionary<string, object?> members, string name) => members.GetValueOrDefault(name) switch
    {
        TimeSpan time => time,
        { } value when double.TryParse(ToText(value), CultureInfo.InvariantCulture, out var seconds) && seconds > 0 && seconds < MostSeconds =>
            TimeSpan.FromSeconds(seconds),
        _ => null,
    };

    private static string? ToText(object? value) => value is not null && PlainValue.TextOf(value) is { Length: > 0 } text ? text : null;

    private static object? Last(IReadOnlyList<object?> output) => output.Count == 0 ? null : output[^1];
}
