using NexusExport.Destinations.LabArchives;
using NexusExport.Fakes.LabArchives;

namespace NexusExport.Tests.Destinations.LabArchives;

public sealed class LabArchivesNameTests
{
    [Theory]
    [InlineData(" a\r\n\t b ", "a b")]
    [InlineData("a\u0001b", "a\uFFFDb")]
    [InlineData("a\uFFFE", "a\uFFFD")]
    [InlineData("Größe 🔬 ç", "Größe 🔬 ç")]
    public void Clean_OfAnyText_IsWhatXmlCanHoldOnOneLine(string text, string expected) => Assert.Equal(expected, LabArchivesName.Clean(text));

    // Not as data of a theory, which would mend them.
    [Fact]
    public void Clean_OfHalfALetter_PutsAMarkInItsPlace()
    {
        Assert.Equal("a\uFFFDb", LabArchivesName.Clean($"a{(char)0xD800}b"));
        Assert.Equal("\uFFFD\uFFFD", LabArchivesName.Clean($"{(char)0xDC00}{(char)0xD800}"));
        Assert.True(LabArchivesName.Same($"a{(char)0xD800}", "a\uFFFD"));
    }

    [Fact]
    public void Fit_OfTwoLongNamesThatBeginAlike_KeepsThemApart()
    {
        var (one, other) = (LabArchivesName.Fit(new string('x', 500) + "1"), LabArchivesName.Fit(new string('x', 500) + "2"));

        Assert.Equal((LabArchivesName.MaxLength, LabArchivesName.MaxLength), (one.Length, other.Length));
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void Fit_WhereTheCutFallsIntoALetter_LeavesTheLetterOut()
    {
        foreach (var lead in new[] { string.Empty, "x" })
        {
            var fitted = LabArchivesName.Fit(lead + string.Concat(Enumerable.Repeat("🔬", 100)));

            Assert.Equal(fitted, LabArchivesName.Clean(fitted));
            Assert.InRange(fitted.Length, LabArchivesName.MaxLength - 1, LabArchivesName.MaxLength);
        }
    }

    [Fact]
    public void OfFile_OfALongName_KeepsItsExtension()
    {
        var name = LabArchivesName.OfFile(new string('x', 300) + ".xml");

        Assert.Equal(LabArchivesName.MaxLength, name.Length);
        Assert.EndsWith(".xml", name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("é", "e\u0301", true)]
    [InlineData("a  b ", "a b", true)]
    [InlineData("A", "a", false)]
    public void Same_OfTwoSpellings_IsOneNameUnlessTheLettersDiffer(string one, string other, bool same) =>
        Assert.Equal(same, LabArchivesName.Same(one, other));

    [Theory]
    [InlineData("long", 500)]
    [InlineData("odd\u0001", 1)]
    [InlineData("Größe 🔬 & <b>", 1)]
    public async Task Upload_OfASessionOfAnyName_IsFoundByTheNextRun(string text, int times)
    {
        await using var fake = await FakeLabArchives.StartAsync(new() { Time = new HurriedTimeProvider() });
        var context = LabArchivesBed.Context();
        var name = string.Concat(Enumerable.Repeat(text, times));
        var record = context.Document.Record! with { SessionIdentifier = name, InstrumentPid = name, Title = name };
        context = context with { Document = TestExports.Document(record, context.Document.Content, name + ".xml") };
        await using var first = LabArchivesBed.Create(fake);
        await first.UploadAsync(context, default);
        await using var second = LabArchivesBed.Create(fake);

        Assert.True((await second.FindAsync(context, default))?.IsComplete);
        await second.UploadAsync(context, default);
        Assert.Equal((3, 1, 1), (fake.Nodes.Count, fake.Texts.Count, fake.Attachments.Count));
    }
}
