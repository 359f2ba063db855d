using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using NexusExport.Destinations.LabArchives;
using NexusExport.Fakes.LabArchives;

namespace NexusExport.Tests.Destinations.LabArchives;

/// <summary>Answers that are other than expected: elements in another order, repeated, empty, absent, too many, and the request among the data.</summary>
public sealed class LabArchivesAnswerTests
{
    [Theory]
    [InlineData(false, false, FakeLabArchivesCaptions.EntryData)]
    [InlineData(true, false, FakeLabArchivesCaptions.EntryData)]
    [InlineData(false, true, FakeLabArchivesCaptions.Element)]
    [InlineData(true, true, FakeLabArchivesCaptions.Element)]
    [InlineData(true, true, FakeLabArchivesCaptions.Nowhere)]
    public async Task Destination_WhateverTheOrderAndTheEcho_FindsAndCompletesItsRecords(bool echoes, bool reverses, FakeLabArchivesCaptions captions)
    {
        await using var fake = await FakeLabArchives.StartAsync(new()
        {
            EchoesRequests = echoes,
            ReversesElements = reverses,
            Captions = captions,
            Time = new HurriedTimeProvider(),
        });
        await using var destination = LabArchivesBed.Create(fake);

        Assert.Contains("as Ned Land", (await destination.TestConnectionAsync(default)).Message, StringComparison.Ordinal);
        var receipt = await destination.UploadAsync(LabArchivesBed.Context(), default);
        await using var later = LabArchivesBed.Create(fake);
        var found = await later.FindAsync(LabArchivesBed.Context(), default);
        await later.UploadAsync(LabArchivesBed.Context("rebuilt"), default);

        Assert.Equal((receipt.RecordId, true), (found?.RecordId, found?.IsComplete));
        Assert.Equal((Assert.Single(fake.Pages).Id, receipt.Metadata["attachment_id"]), (receipt.RecordId, found?.Metadata["attachment_id"]));
        Assert.Equal((3, 2, 2), (fake.Nodes.Count, fake.Texts.Count, fake.Attachments.Count));
    }

    [Theory]
    [InlineData("<level-node><tree-id>a</tree-id><display-text>X</display-text><is-page>true</is-page></level-node>", "a", "X", true, true)]
    [InlineData("<level-node><is-page type=\"boolean\">TRUE</is-page><display_text> X </display_text><tree_id> a </tree_id></level-node>", "a", "X", true, true)]
    [InlineData("<level-node><tree-id/><tree-id>a</tree-id><is-page>0</is-page></level-node>", "a", "", false, true)]
    [InlineData("<level-node><tree-id>a</tree-id><is-page nil=\"true\"/></level-node>", "a", "", null, true)]
    [InlineData("<level-node><user-access><can-write>false</can-write><tree-id>deep</tree-id></user-access><tree-id>a</tree-id></level-node>", "a", "", null, false)]
    [InlineData("<n:level-node xmlns:n=\"urn:x\"><n:tree-id>a</n:tree-id><user-access>odd</user-access></n:level-node>", "a", "", null, true)]
    public void Node_HoweverItIsTold_IsRead(string xml, string id, string name, bool? isPage, bool canWrite) =>
        Assert.Equal(new LabArchivesNode(id, name, isPage, canWrite), LabArchivesNode.From(XElement.Parse(xml)));

    [Theory]
    [InlineData("<level-node/>")]
    [InlineData("<level-node><tree-id> </tree-id><display-text>X</display-text></level-node>")]
    public void Node_WithoutAnId_IsNone(string xml) => Assert.Null(LabArchivesNode.From(XElement.Parse(xml)));

    [Theory]
    [InlineData("<entry><eid>1</eid></entry>", "", null, null)]
    [InlineData("<entry><attach-file-name/><entry-data>text</entry-data><eid>1</eid></entry>", "text\n", null, null)]
    [InlineData("<entry><entry-data/><caption>cap</caption><eid>1</eid><attach-file-size>7</attach-file-size><attach-file-name>f.xml</attach-file-name></entry>", "\ncap", "f.xml", 7L)]
    [InlineData("<entry><eid>1</eid><attach-file-name>f</attach-file-name><attach-file-size>-7</attach-file-size></entry>", "", "f", null)]
    [InlineData("<entry><eid>1</eid><attach-file-name>f</attach-file-name><attach-file-size>7.0 KB</attach-file-size></entry>", "", "f", null)]
    [InlineData("<entry><eid>1</eid><entry-data><![CDATA[<p>a</p>]]></entry-data><entry-data>b</entry-data></entry>", "<p>a</p>\nb", null, null)]
    public void Entry_HoweverItIsTold_IsRead(string xml, string data, string? fileName, long? size)
    {
        var entry = LabArchivesEntry.From(XElement.Parse(xml));

        Assert.Equal(("1", data.Trim(), fileName, size), (entry?.Id, entry?.Data.Trim(), entry?.FileName, entry?.Size));
    }

    [Fact]
    public void Entry_WithComments_KeepsItsOwnId() => Assert.Equal(
        "mine",
        LabArchivesEntry.From(XElement.Parse("<entry><comments><comment><eid>other</eid></comment></comments><eid>mine</eid></entry>"))?.Id);

    [Theory]
    [InlineData("<tree-tools/>", 0)]
    [InlineData("<tree-tools><level-nodes/></tree-tools>", 0)]
    [InlineData("<level-nodes><level-node/></level-nodes>", 1)]
    [InlineData("<level-node/>", 1)]
    [InlineData("<maintenance/>", null)]
    [InlineData("<response>OK</response>", null)]
    public void List_OfAnyAnswer_IsAListOrNone(string xml, int? count) =>
        Assert.Equal(count, LabArchivesXml.List(XElement.Parse(xml), "level-nodes", "level-node")?.Count);

    [Theory]
    [InlineData("<error><error-code>4520</error-code><error-description>bad</error-description></error>", 4520, "bad")]
    [InlineData("<response><error><msg>bad</msg><code> 4520 </code></error></response>", 4520, "bad")]
    [InlineData("<response><request><code>1</code></request><code>4520</code><msg>bad</msg></response>", 4520, "bad")]
    [InlineData("<error>simply bad</error>", null, "simply bad")]
    [InlineData("<error><error-code/><error-description/></error>", null, "")]
    [InlineData("<error><request><error-code>1</error-code></request><error-code>x</error-code></error>", null, "")]
    public void Error_HoweverItIsTold_IsRead(string xml, int? code, string description) =>
        Assert.Equal(new LabArchivesError(code, description), LabArchivesError.In(Parse(xml)));

    [Theory]
    [InlineData("<tree-tools><entries><entry><entry-data><error><error-code>4520</error-code></error></entry-data></entry></entries></tree-tools>")]
    [InlineData("<tree-tools><request><error><error-code>4520</error-code></error></request></tree-tools>")]
    [InlineData("<response><status>ok</status></response>")]
    public void Error_InWhatPeopleWrote_IsNone(string xml) => Assert.Null(LabArchivesError.In(Parse(xml)));

    [Theory]
    [InlineData("<utilities><request><expires>1600000000000</expires></request><epoch-time>1769126400000</epoch-time></utilities>", 1_769_126_400_000)]
    [InlineData("<utilities><expires>1600000000000</expires><epoch_time>1769126400000</epoch_time></utilities>", 1_769_126_400_000)]
    [InlineData("<epoch-time>1769126400000</epoch-time>", 1_769_126_400_000)]
    [InlineData("<utilities><expires>1600000000000</expires></utilities>", null)]
    [InlineData("<utilities><epoch-time/></utilities>", null)]
    [InlineData("<utilities><epoch-time>soon</epoch-time></utilities>", null)]
    public void Clock_HoweverItIsTold_IsReadByItsName(string xml, long? milliseconds) =>
        Assert.Equal(milliseconds, LabArchivesClock.Read(Parse(xml)!)?.ToUnixTimeMilliseconds());

    [Theory]
    [InlineData("<a>&#x8;</a>")]
    [InlineData("<a>\u0008</a>")]
    [InlineData("\uFEFF<a/>")]
    [InlineData("<a>&#xD800;</a>")]
    public void Parse_OfOddCharacters_IsRead(string xml) => Assert.NotNull(LabArchivesXml.Parse(Encoding.UTF8.GetBytes(xml)));

    [Theory]
    [InlineData("")]
    [InlineData("no XML")]
    [InlineData("<a>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>")]
    [InlineData("<HTML><body>page</body></HTML>")]
    public void Parse_OfAnythingElse_IsNull(string xml) => Assert.Null(LabArchivesXml.Parse(Encoding.UTF8.GetBytes(xml)));

    [Fact]
    public void Parse_OfAHostileAnswer_TakesNoLongerThanItIsLong()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 200_000)) + string.Concat(Enumerable.Repeat("</a>", 200_000));
        var wide = $"<tree-tools>{string.Concat(Enumerable.Range(0, 200_000).Select(number => string.Create(CultureInfo.InvariantCulture, $"<level-node><tree-id>{number}</tree-id></level-node>")))}</tree-tools>";
        var watch = Stopwatch.StartNew();

        Assert.Null(Parse(deep));
        Assert.Equal(200_000, LabArchivesXml.List(Parse(wide)!, "level-nodes", "level-node")!.Select(LabArchivesNode.From).Distinct().Count());

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }

    private static XElement? Parse(string xml) => LabArchivesXml.Parse(Encoding.UTF8.GetBytes(xml));
}
