namespace NexusExport.Host.Reporting;

/// <summary>One line a row, cells separated by tabs, without a header: for cut, awk and the like.</summary>
internal sealed class PlainListing<T>(TextWriter output, IReadOnlyList<ListingColumn<T>> columns) : IListing<T>
{
    /// <inheritdoc/>
    public void Write(T row) => output.WriteLine(string.Join('\t', columns.Select(column => ResultText.OneLine(column.Cell(row)))));
}
