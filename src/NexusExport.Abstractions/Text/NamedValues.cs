using System.Collections;
using System.Globalization;

namespace NexusExport;

/// <summary>Values by name that read as text where a table, a CSV file or a message shows them: "attempts=2; tags=a, b".</summary>
internal sealed class NamedValues : Dictionary<string, object?>
{
    private NamedValues(IEnumerable<KeyValuePair<string, object?>> values)
        : base(values, StringComparer.Ordinal)
    {
    }

    /// <summary>No values.</summary>
    public static NamedValues None { get; } = new([]);

    /// <summary>The same values; names keep their case.</summary>
    public static NamedValues Of(IReadOnlyDictionary<string, object?> values) => values as NamedValues ?? new(values);

    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", this.Select(pair => $"{pair.Key}={Text(pair.Value)}"));

    private static string Text(object? value) => value switch
    {
        null => string.Empty,
        string text => text,
        IReadOnlyDictionary<string, object?> values => $"{{{Of(values)}}}",
        IEnumerable several => string.Join(", ", several.Cast<object?>().Select(Text)),
        IFormattable plain => plain.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString() ?? string.Empty,
    };
}
