using System.Collections.ObjectModel;

namespace NexusExport;

/// <summary>Texts that read as one where a table, a CSV file or a message shows them: "read, write".</summary>
internal sealed class TextList(IReadOnlyList<string> texts) : ReadOnlyCollection<string>([.. texts])
{
    /// <summary>No texts.</summary>
    public static TextList None { get; } = new([]);

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", this);
}
