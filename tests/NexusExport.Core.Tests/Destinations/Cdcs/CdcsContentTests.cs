using System.Text;
using NexusExport.Destinations.Cdcs;

namespace NexusExport.Tests.Destinations.Cdcs;

public sealed class CdcsContentTests
{
    private const string Utf8 = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>Grüße µ</a>";

    [Theory]
    [InlineData(Utf8)]
    [InlineData("<a>Grüße</a>")]
    [InlineData("<?xml version='1.0' encoding='utf-8'?><a>Grüße</a>\r\n")]
    [InlineData("\uFEFF" + Utf8)]
    [InlineData("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>plain</a>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"US-ASCII\"?><a>plain</a>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"windows-1252\"?><a>plain</a>")]
    public void Of_WhatIsTrueAsItStands_IsSentByteForByte(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        var content = Of(bytes);

        Assert.Equal(bytes, content.Utf8.ToArray());
        Assert.Null(content.DeclaredBefore);
    }

    [Theory]
    [InlineData("ISO-8859-1")]
    [InlineData("iso-8859-1")]
    [InlineData("utf-16")]
    [InlineData("UTF-16")]
    public void Of_AnotherEncoding_DeclaresUtf8AndKeepsEveryCharacter(string name)
    {
        var text = $"<?xml version=\"1.0\"  encoding = '{name}' standalone=\"yes\"?>\r\n<a x='encoding=\"{name}\"'>Grüße µ</a>";
        var encoding = Encoding.GetEncoding(name);
        var bytes = encoding.Preamble.ToArray().Concat(encoding.GetBytes(text)).ToArray();

        var content = Of(bytes);

        Assert.Equal(text.Replace($"encoding = '{name}'", "encoding = 'UTF-8'", StringComparison.Ordinal), Encoding.UTF8.GetString(content.Utf8.Span));
        Assert.Equal(name, content.DeclaredBefore);
    }

    [Fact]
    public void Of_Utf16WithoutADeclaration_IsUtf8Text() =>
        Assert.Equal("<a>Grüße</a>", Encoding.UTF8.GetString(Of([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<a>Grüße</a>")]).Utf8.Span));

    [Fact]
    public void Of_AByteOrderMarkThatContradictsTheDeclaration_BelievesTheMarkAndKeepsIt()
    {
        var content = Of(Encoding.UTF8.GetBytes("\uFEFF<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>Grüße</a>"));

        Assert.Equal("\uFEFF<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>Grüße</a>", Encoding.UTF8.GetString(content.Utf8.Span));
    }

    [Theory]
    [InlineData("UTF-8", new byte[] { 0xE9 })]
    [InlineData("US-ASCII", new byte[] { 0xE9 })]
    [InlineData("x-unheard-of", new byte[] { 0xC3, 0xA9 })]
    [InlineData("x-unheard-of", new byte[] { 0xE9 })]
    [InlineData("UTF-16", new byte[] { 0xC3, 0xA9 })]
    public void Of_BytesThatAreNotWhatTheyDeclare_IsRefusedWithTheReason(string name, byte[] bytes)
    {
        byte[] record = [.. Encoding.ASCII.GetBytes($"<?xml version=\"1.0\" encoding=\"{name}\"?><a>"), .. bytes, .. "</a>"u8];

        var fault = Assert.Throws<ExportException>(() => Of(record)).Fault;

        Assert.Equal((ExportErrorCode.NotWellFormed, false), (fault.Code, fault.Recoverable));
        Assert.Contains("'lab' takes UTF-8", fault.Message, StringComparison.Ordinal);
        Assert.Contains(name, fault.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Of_AWindowsCodePage_IsConverted()
    {
        // As the engine does when it is opened.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

        var content = Of([.. "<?xml version=\"1.0\" encoding=\"windows-1252\"?><a>"u8, 0x80, 0xE9, .. "</a>"u8]);

        Assert.Equal("<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>€é</a>", Encoding.UTF8.GetString(content.Utf8.Span));
    }

    [Fact]
    public void Of_HalfASurrogatePairInUtf16_IsRefused() => Assert.Throws<ExportException>(
        () => Of([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<a>"), 0x00, 0xD8, .. Encoding.Unicode.GetBytes("</a>")]));

    [Theory]
    [InlineData("\uFEFF" + Utf8 + "\n")]
    [InlineData("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<a>Grüße µ</a>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<a>Grüße µ</a>")]
    public void Normalize_OfWhatIsOneRecord_IsOneText(string text) => Assert.Equal(Utf8, CdcsContent.Normalize(text));

    private static CdcsContent Of(byte[] bytes) => CdcsContent.Of(new FormattedContent(bytes, encoding: ContentEncoding.Detect(bytes)), "lab");
}
