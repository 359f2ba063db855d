using System.Globalization;
using NexusExport.Host.Reporting;

namespace NexusExport.Host.Tests.Reporting;

public sealed class ListingTests : IDisposable
{
    private static readonly ListingColumn<string[]>[] Columns = [new("Name", 6, row => row[0]), new("Why", 3, row => row[1])];

    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);

    [Fact]
    public void Plain_ACellWithATab_StaysOneCell()
    {
        new PlainListing<string[]>(_output, Columns).Write(["a\tb", "c\nd"]);

        Assert.Equal("a\\tb\tc\\nd", _output.ToString().TrimEnd());
    }

    [Fact]
    public void Columns_TwoRows_HaveOneHeaderAndAlign()
    {
        var listing = new ColumnListing<string[]>(_output, Columns);
        listing.Write(["a", "1"]);
        listing.Write(["bb", "2"]);

        var lines = _output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["Name    Why", "----    ---", "a       1", "bb      2"], lines);
    }

    public void Dispose() => _output.Dispose();
}
