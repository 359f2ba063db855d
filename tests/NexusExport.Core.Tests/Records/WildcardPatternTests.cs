using FsCheck;
using FsCheck.Fluent;
using NexusExport.Records;

namespace NexusExport.Tests.Records;

public sealed class WildcardPatternTests
{
    [Theory]
    [InlineData("*", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("?", "", false)]
    [InlineData("FEI-*-TEM", "fei-titan-tem", true)]
    [InlineData("FEI-*-TEM", "FEI-Titan-STEM", false)]
    [InlineData("*a*b", "xaybzb", true)]
    [InlineData("*a*b", "xaybz", false)]
    [InlineData("20[12]", "202", true)]
    [InlineData("20[12]", "203", false)]
    [InlineData("20[1-4a]", "203", true)]
    [InlineData("20[1-4a]", "20A", true)]
    [InlineData("[A-C]x", "bX", true)]
    [InlineData("[a-]", "-", true)]
    [InlineData("[`]]", "]", true)]
    [InlineData("[]]", "]", true)]
    [InlineData("[]", "a", false)]
    [InlineData("[]", "[]", true)]
    [InlineData("[a-c-e]", "-", true)]
    [InlineData("[a-c-e]", "d", false)]
    [InlineData("`*", "*", true)]
    [InlineData("`*", "a", false)]
    [InlineData("`[a`]", "[a]", true)]
    [InlineData("a`", "a`", true)]
    [InlineData("a[b", "a[B", true)]
    [InlineData("https://nemo/?id=31", "https://nemo/?id=31", true)]
    [InlineData("É*", "élise", true)]
    public void Matches_Example_IsAsInPowerShell(string pattern, string text, bool expected) =>
        Assert.Equal(expected, new WildcardPattern(pattern).Matches(text));

    [Fact]
    public void Matches_Null_IsFalse() => Assert.False(new WildcardPattern("*").Matches(null));

    [Theory]
    [InlineData("plain", false)]
    [InlineData("es`*caped", false)]
    [InlineData("never[closed", false)]
    [InlineData("star*", true)]
    [InlineData("one?", true)]
    [InlineData("set[ab]", true)]
    public void HasWildcards_Example_TellsActiveOnes(string text, bool expected) => Assert.Equal(expected, WildcardPattern.HasWildcards(text));

    [Fact]
    public void Matches_ManyStarsThatAlmostFit_EndsSoon()
    {
        var pattern = new WildcardPattern(string.Concat(Enumerable.Repeat("a*", 50)) + "b");

        Assert.False(pattern.Matches(new string('a', 5_000)));
    }

    [Fact]
    public void Matches_AnyPatternAndText_AgreesWithTheDefinition()
    {
        var patterns = Gen.Elements("a", "B", "c", "*", "?", "[ab]", "[b-c]", "`*").ListOf().Select(parts => parts.Take(7).ToList());
        var texts = Gen.Elements('a', 'b', 'C', '*').ListOf().Select(characters => string.Concat(characters.Take(8)));

        Prop.ForAll(
                patterns.Zip(texts, (parts, text) => (parts, text)).ToArbitrary(),
                pair => new WildcardPattern(string.Concat(pair.parts)).Matches(pair.text) == Fits(pair.parts, pair.text))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    /// <summary>The definition, as slow as it is plain.</summary>
    private static bool Fits(List<string> parts, string text)
    {
        if (parts.Count == 0)
        {
            return text.Length == 0;
        }

        var rest = parts.Skip(1).ToList();
        if (parts[0] == "*")
        {
            return Enumerable.Range(0, text.Length + 1).Any(length => Fits(rest, text[length..]));
        }

        return text.Length > 0 && FitsOne(parts[0], char.ToLowerInvariant(text[0])) && Fits(rest, text[1..]);
    }

    private static bool FitsOne(string part, char character) => part switch
    {
        "?" => true,
        "[ab]" => character is 'a' or 'b',
        "[b-c]" => character is 'b' or 'c',
        "`*" => character == '*',
        _ => character == char.ToLowerInvariant(part[0]),
    };

    [Theory]
    [InlineData("a*b?", "a%b%")]
    [InlineData("50%_[ab]`*", "50__%*")]
    [InlineData("\u00e9\ud83d\ude00", "%%%")]
    [InlineData("plain", "plain")]
    public void ToLike_FitsWhateverThePatternFits(string pattern, string expected) => Assert.Equal(expected, new WildcardPattern(pattern).ToLike());
}
