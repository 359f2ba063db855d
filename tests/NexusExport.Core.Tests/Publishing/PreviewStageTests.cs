using System.Globalization;
using NexusExport.Documents;
using NexusExport.Publishing;

namespace NexusExport.Tests.Publishing;

public sealed class PreviewStageTests
{
    private static readonly ValidationResult Fine = new([], []);

    [Fact]
    public void Execute_LongDocument_ShowsItsFirstLines()
    {
        var text = string.Concat(Enumerable.Range(1, 60).Select(number => string.Create(CultureInfo.InvariantCulture, $"line {number}\r\n")));

        var preview = Execute(text);

        Assert.EndsWith("line 50\n… (10 more lines)", preview.ContentPreview, StringComparison.Ordinal);
        Assert.Equal(60, preview.LineCount);
        Assert.Equal(text.Length, preview.FileSizeBytes);
        Assert.Equal(text.Length / 4, preview.TokenCount);
        Assert.Equal(("31.xml", "cdcs-1", "cdcs"), (preview.FileName, preview.DestinationName, preview.DestinationType));
        Assert.Equal(64, preview.ContentHash.Length);
    }

    [Theory]
    [InlineData("a", 1)]
    [InlineData("a\n", 1)]
    [InlineData("a\nb", 2)]
    public void Execute_ShortDocument_IsShownWhole(string text, int lines)
    {
        var preview = Execute(text);

        Assert.Equal((text.TrimEnd('\n'), lines), (preview.ContentPreview, preview.LineCount));
    }

    [Fact]
    public void Execute_OneEndlessLine_IsCut()
    {
        var preview = Execute(new string('x', 500_000));

        Assert.Equal(new string('x', 10_000) + "…", preview.ContentPreview);
    }

    [Theory]
    [InlineData(500, "500 bytes")]
    [InlineData(91_152, "89.0 KiB")]
    [InlineData(1_048_576, "1.0 MiB")]
    public void Execute_ToExport_SaysSoWithTheSize(int size, string expected) =>
        Assert.Equal($"Export 31.xml ({expected}) to cdcs-1", Execute(new string('x', size)).Summary);

    [Fact]
    public void Execute_AlreadyThere_SaysThatItIsSkipped()
    {
        var preview = PreviewStage.Execute(SampleDocuments.From("a"), Fine, "cdcs-1", "cdcs", alreadyExported: true);

        Assert.True(preview.AlreadyExported);
        Assert.Equal("Skip 31.xml: already exported to cdcs-1", preview.Summary);
    }

    [Fact]
    public void Execute_InvalidDocument_SaysWhyItIsRefused()
    {
        var fault = new ExportFault(ExportErrorCode.SchemaInvalid, "31.xml: line 3, column 5: no.");

        var preview = PreviewStage.Execute(SampleDocuments.From("a"), new([fault], []), "cdcs-1", "cdcs", alreadyExported: true);

        Assert.False(preview.ValidationPassed);
        Assert.Equal([fault], preview.ValidationErrors);
        Assert.Equal("Refuse 31.xml: line 3, column 5: no.", preview.Summary);
    }

    private static PreviewRendered Execute(string text) =>
        PreviewStage.Execute(SampleDocuments.From(text), Fine, "cdcs-1", "cdcs", alreadyExported: false);
}
