namespace NexusExport.Host.Reporting;

/// <summary>For a terminal: a header, and aligned columns of fixed width, so that rows can be shown as they come.</summary>
internal sealed class ColumnListing<T>(TextWriter output, IReadOnlyList<ListingColumn<T>> columns) : IListing<T>
{
    private bool _begun;

    /// <inheritdoc/>
    public void Write(T row)
    {
        if (!_begun)
        {
            _begun = true;
            output.WriteLine(Line(column => column.Title));
            output.WriteLine(Line(column => new string('-', column.Title.Length)));
        }

        output.WriteLine(Line(column => ResultText.OneLine(column.Cell(row))));
    }

    // A cell that is wider than its column moves the rest of its line; nothing is cut off.
    private string Line(Func<ListingColumn<T>, string> cell) =>
        string.Join("  ", columns.Select(column => cell(column).PadRight(column.Width))).TrimEnd();
}
