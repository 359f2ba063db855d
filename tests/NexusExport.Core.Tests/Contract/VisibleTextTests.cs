using System.Text;

namespace NexusExport.Tests.Contract;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain µ – 試料 😀", "plain µ – 試料 😀")]
    [InlineData("a\nerror: b\r\tc", "a\\nerror: b\\r\\tc")]
    [InlineData("\e[31mred\u009b0m\u007f\0", "\\u001B[31mred\\u009B0m\\u007F\\u0000")]
    [InlineData("gnp.\u202Exml\u2066\u2069", "gnp.\\u202Exml\\u2066\\u2069")]
    [InlineData("a\u2028b\u2029c\u0085d", "a\\u2028b\\u2029c\\u0085d")]
    [InlineData("\uFEFFx\u200F\u061C", "\\uFEFFx\\u200F\\u061C")]
    [InlineData("C:\\new", "C:\\new")]
    public void Line_AnyText_ShowsWhatIsHidden(string text, string shown) => Assert.Equal(shown, VisibleText.Line(text));

    [Fact]
    public void Line_HalvesOfPairs_AreEscaped()
    {
        Assert.Equal("\\uD800x\\uDC00", VisibleText.Line("\uD800x\uDC00"));
        Assert.Equal("😀\\uD83D", VisibleText.Line("😀\uD83D"));
    }

    [Fact]
    public void Line_TagCharacters_AreEscaped() => Assert.Equal("a\\uDB40\\uDC41", VisibleText.Line("a\U000E0041"));

    [Fact]
    public void Lines_OnlyLineBreaks_AreKept() => Assert.Equal("a\nb\\r\\u001B", VisibleText.Lines("a\nb\r\e"));

    [Fact]
    public void Line_Null_IsEmpty() => Assert.Equal(string.Empty, VisibleText.Line(null));

    [Fact]
    public void Line_EveryCharacter_ComesOutVisibleAndEncodable()
    {
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        for (var code = 0; code <= char.MaxValue; code++)
        {
            var shown = VisibleText.Line($"a{(char)code}b");

            strict.GetBytes(shown);
            Assert.DoesNotContain(shown, character => char.IsControl(character) || char.IsSurrogate(character)
                || character is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));
        }
    }

    [Fact]
    public void Fault_WithAForgedLine_IsOneLine()
    {
        var fault = new ExportFault(ExportErrorCode.NotARecord, "a\nerror: b\e[2J") { RecommendedAction = "c\nd" };

        Assert.Equal("a\\nerror: b\\u001B[2J", fault.Message);
        Assert.Equal("c\\nd", fault.RecommendedAction);
        Assert.Equal("x\\ny", (fault with { Message = "x\ny" }).Message);
    }

    [Fact]
    public void Fault_OfLines_KeepsItsLinesAndNoOthers() =>
        Assert.Equal("a\\nb\nc", ExportFault.OfLines(ExportErrorCode.ConfigurationInvalid, ["a\nb", "c"]).Message);
}
