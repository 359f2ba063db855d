using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using NexusExport.Destinations.Common;

namespace NexusExport.Tests.Destinations.Common;

public sealed class SafeFileNameTests
{
    private const string DeviceName = @"^(con|prn|aux|nul|(com|lpt)[0-9¹²³]) *(\.|$)";

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2000);

    // Plain random strings hardly ever hold what this is about.
    private static readonly Arbitrary<string> Names = ArbMap.Default.GeneratorFor<string>()
        .Select(text => text ?? string.Empty)
        .Or(Gen.ListOf(Gen.Elements("..", "/", "\\", "CON", "com¹", ".", " ", "a", "é", "e\u0301", "\U0001F52C", "\0", ":", ".xml", "\ud800", "LPT1", "_", new string('µ', 120)))
            .Select(string.Concat))
        .ToArbitrary();

    [Theory]
    [InlineData("2018-11-13_FEI-Titan-TEM_204.xml", "2018-11-13_FEI-Titan-TEM_204.xml")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData(@"..\..\boot.ini", "boot.ini")]
    [InlineData("a<b>c:d\"e|f?g*h.xml", "a_b_c_d_e_f_g_h.xml")]
    [InlineData("a\0b\nc.xml", "a_b_c.xml")]
    [InlineData("trailing. . ", "trailing")]
    [InlineData("CON", "_CON")]
    [InlineData("nul.xml", "_nul.xml")]
    [InlineData("Com1.tar.gz", "_Com1.tar.gz")]
    [InlineData("LPT².xml", "_LPT².xml")]
    [InlineData("CON .xml", "_CON .xml")]
    [InlineData("CONSOLE.xml", "CONSOLE.xml")]
    [InlineData("", "record")]
    [InlineData("..", "record")]
    [InlineData("Messung_Gru\u0308n_µ_测量.xml", "Messung_Grün_µ_测量.xml")]
    public void From_AName_IsSafeAndStillReadable(string name, string expected) => Assert.Equal(expected, SafeFileName.From(name));

    [Fact]
    public void From_LongName_KeepsItsExtensionAndWholeCharacters()
    {
        var safe = SafeFileName.From(string.Concat(Enumerable.Repeat("\U0001F52C", 100)) + ".xml");

        Assert.Equal(string.Concat(Enumerable.Repeat("\U0001F52C", 62)) + ".xml", safe);
    }

    [Fact]
    public void WithNumber_OfALongName_StillFits()
    {
        var safe = SafeFileName.WithNumber(SafeFileName.From(new string('x', 300) + ".xml"), 12);

        Assert.EndsWith("x_12.xml", safe, StringComparison.Ordinal);
        Assert.Equal(255, Encoding.UTF8.GetByteCount(safe));
    }

    [Fact]
    public void From_AnyName_IsSafe() => Check.One(Many, Prop.ForAll(Names, name => IsSafe(SafeFileName.From(name))));

    [Fact]
    public void From_ASafeName_ChangesNothing() => Check.One(Many, Prop.ForAll(Names, name =>
    {
        var safe = SafeFileName.From(name);
        return SafeFileName.From(safe) == safe;
    }));

    [Fact]
    public void WithNumber_OfAnyName_IsSafeAndDiffers() => Check.One(Many, Prop.ForAll(Names, name =>
    {
        var safe = SafeFileName.From(name);
        var numbers = Enumerable.Range(0, 12).Select(number => SafeFileName.WithNumber(safe, number)).ToList();
        return numbers.TrueForAll(IsSafe) && numbers.Distinct(StringComparer.OrdinalIgnoreCase).Count() == numbers.Count;
    }));

    private static bool IsSafe(string name) =>
        name.Length > 0
        && Encoding.UTF8.GetByteCount(name) <= 255
        && name.All(character => !char.IsControl(character) && !"<>:\"/\\|?*".Contains(character, StringComparison.Ordinal))
        && !name.EndsWith('.') && !name.EndsWith(' ')
        && name is not ("." or "..")
        && !Regex.IsMatch(name, DeviceName, RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
        && name.IsNormalized(NormalizationForm.FormC)
        && !name.Contains('\ud800', StringComparison.Ordinal);
}
