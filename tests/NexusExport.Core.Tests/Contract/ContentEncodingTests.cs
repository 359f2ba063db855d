using System.Text;

namespace NexusExport.Tests.Contract;

public sealed class ContentEncodingTests
{
    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    public void Detect_ByteOrderMark_TellsTheEncoding(string name)
    {
        var encoding = Encoding.GetEncoding(name);

        Assert.Equal(encoding.CodePage, ContentEncoding.Detect([.. encoding.GetPreamble(), .. encoding.GetBytes("<a/>")]).CodePage);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Detect_DeclarationInTwoBytesEach_TellsTheEncoding(string name)
    {
        var encoding = Encoding.GetEncoding(name);

        Assert.Equal(encoding.CodePage, ContentEncoding.Detect(encoding.GetBytes("<?xml version='1.0'?><a/>")).CodePage);
    }

    [Theory]
    [InlineData("", "utf-8")]
    [InlineData("<a/>", "utf-8")]
    [InlineData("<?xml version='1.0'?><a/>", "utf-8")]
    [InlineData("<?xml version='1.0' encoding='UTF-8'?><a/>", "utf-8")]
    [InlineData("<?xml version=\"1.0\" encoding = \"ISO-8859-1\" standalone=\"yes\"?><a/>", "iso-8859-1")]
    [InlineData("<?xml version='1.0' encoding='us-ascii'?><a/>", "us-ascii")]
    [InlineData("<?xml version='1.0' encoding='utf-16'?><a/>", "utf-8")]
    [InlineData("<?xml version='1.0' encoding='klingon'?><a/>", "utf-8")]
    [InlineData("<?xml version='1.0'?><a encoding='iso-8859-1'/>", "utf-8")]
    public void Detect_NoMark_GoesByTheDeclaration(string xml, string expected) =>
        Assert.Equal(expected, ContentEncoding.Detect(Encoding.ASCII.GetBytes(xml)).WebName);
}
