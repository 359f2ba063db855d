using System.Text;
using NexusExport.Documents;
using NexusExport.Tests.Publishing;

namespace NexusExport.Tests.Documents;

public sealed class TransformationStageTests
{
    [Fact]
    public void Execute_Record_PassesItsBytesThrough()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. "<a>\r\n</a>"u8];

        var document = SampleDocuments.From(bytes);

        Assert.Equal(bytes, document.Content.Bytes.ToArray());
        Assert.Equal("31.xml", document.FileName);
        Assert.Equal("31", document.Metadata["session_id"]);
        Assert.Equal("why", document.Metadata["motivation"]);
        Assert.Equal("the record's own", document.Metadata["title"]);
    }

    [Fact]
    public void Execute_Utf16_IsTextAllTheSame()
    {
        var document = SampleDocuments.From([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("<a>日本語</a>")]);

        Assert.Equal("<a>日本語</a>", document.Content.Text);
        Assert.Equal("<a>日本語</a>", Encoding.UTF8.GetString(document.Content.Utf8.Span));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("\uFEFF")]
    [InlineData("\0\0\0")]
    public void Execute_NothingToPublish_IsEmptyContent(string text) =>
        Assert.Equal(ExportErrorCode.EmptyContent, Assert.Throws<ExportException>(() => SampleDocuments.From(text)).Fault.Code);
}
