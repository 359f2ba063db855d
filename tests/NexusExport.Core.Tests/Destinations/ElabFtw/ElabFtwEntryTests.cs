using System.Text.Json;
using NexusExport.Fakes.ElabFtw;

namespace NexusExport.Tests.Destinations.ElabFtw;

/// <summary>What an entry says.</summary>
public sealed class ElabFtwEntryTests : IAsyncLifetime
{
    private ElabFtwBed? _bed;

    public async Task InitializeAsync() => _bed = await ElabFtwBed.StartAsync();

    public async Task DisposeAsync() => await _bed!.DisposeAsync();

    [Fact]
    public async Task Metadata_OfARecord_IsNexusLimsFieldsInTheirGroupsAndOurOwn()
    {
        var entry = await UploadAsync(ElabFtwExports.Rich(ElabFtwExports.Cdcs(ExportStatus.Exported)));

        using var metadata = JsonDocument.Parse(entry.Metadata!);
        var groups = metadata.RootElement.GetProperty("elabftw").GetProperty("extra_fields_groups").EnumerateArray();
        Assert.Equal(["1 Session Information", "2 Related Records"], groups.Select(group => $"{group.GetProperty("id")} {group.GetProperty("name")}"));
        var fields = metadata.RootElement.GetProperty("extra_fields").EnumerateObject()
            .Select(field => $"{field.Name}|{field.Value.GetProperty("type")}|{field.Value.GetProperty("group_id")}|{field.Value.GetProperty("value")}")
            .ToList();
        Assert.Equal(
            [
                "Session ID|text|1|https://nemo.example/api/usage_events/?id=31",
                "Instrument|text|1|Nautilus-SEM",
                "Start Time|datetime-local|1|2026-01-12T09:00",
                "End Time|datetime-local|1|2026-01-12T11:30",
                "User|text|1|Ned Land",
                "Record File|text|1|2026-01-12_Nautilus-SEM_31.xml",
            ],
            fields[..6]);
        Assert.Matches(@"^NexusExport ID\|text\|1\|nexusexport-[0-9a-f]{32}$", fields[6]);
        Assert.Equal("CDCS Record|url|2|https://cdcs.example/data?id=7&x=1", fields[7]);
    }

    [Fact]
    public async Task Metadata_OfARecordThatTellsLittle_HasNoEmptyFields()
    {
        var entry = await UploadAsync(TestExports.Context());

        Assert.Null(entry.ExtraField("Start Time"));
        Assert.Null(entry.ExtraField("CDCS Record"));
        Assert.Equal("204", entry.ExtraField("Session ID"));
        Assert.Equal("NexusLIMS - 204", entry.Title);
    }

    [Fact]
    public async Task Body_OfARecord_IsAReadableSummaryInWhichValuesStayText()
    {
        var body = (await UploadAsync(ElabFtwExports.Rich())).Body;

        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; so on", body, StringComparison.Ordinal);
        Assert.Contains("<strong>Instrument</strong>: Nautilus SEM (Nautilus-SEM)", body, StringComparison.Ordinal);
        Assert.Contains("<strong>Start</strong>: 2026-01-12 09:00 (&#43;01:00)".Replace("&#43;", "+", StringComparison.Ordinal), body, StringComparison.Ordinal);
        Assert.Contains("<strong>User</strong>: Ned Land", body, StringComparison.Ordinal);
        Assert.Contains("<strong>Grid &lt;b&gt;A&lt;/b&gt;</strong>: Copper grid", body, StringComparison.Ordinal);
        Assert.Contains("<strong>s2</strong></li>", body, StringComparison.Ordinal);
        Assert.Contains("Acquisition activities: 2", body, StringComparison.Ordinal);
        Assert.Contains("Datasets: 3<ul><li>Image: 2</li><li>Spectrum: 1</li></ul>", body, StringComparison.Ordinal);
        Assert.DoesNotContain("<dataset", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Related records", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExportStatus.Exported, "https://cdcs.example/data?id=7&x=1", true)]
    [InlineData(ExportStatus.AlreadyExported, "https://cdcs.example/data?id=7&x=1", true)]
    [InlineData(ExportStatus.Failed, "https://cdcs.example/data?id=7&x=1", false)]
    [InlineData(ExportStatus.Exported, "javascript:alert(1)", false)]
    [InlineData(ExportStatus.Exported, null, false)]
    public async Task Body_AfterCdcs_LinksToItsRecordIfThereIsOne(ExportStatus status, string? url, bool linked)
    {
        var entry = await UploadAsync(ElabFtwExports.Rich(ElabFtwExports.Cdcs(status, url)));

        Assert.Equal(linked, entry.Body!.Contains("<a href=\"https://cdcs.example/data?id=7&amp;x=1\">", StringComparison.Ordinal));
        Assert.Equal(linked, entry.ExtraField("CDCS Record") is not null);
        Assert.DoesNotContain("javascript", entry.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_CdcsUnderAnotherName_IsTheOneConfigured()
    {
        await using var destination = _bed!.Create(new(), null, ("cdcs_destination", "curation"));

        var receipt = await destination.UploadAsync(ElabFtwExports.Rich(ElabFtwExports.Cdcs(ExportStatus.Exported, name: "Curation")), default);

        Assert.Contains("cdcs.example", Assert.Single(_bed.Server.Entries).Body, StringComparison.Ordinal);
        Assert.Equal(true, receipt.Metadata["included_cdcs_link"]);
    }

    [Fact]
    public async Task Upload_OfADocumentThatIsNoXml_HasNoSummaryAndAnotherComment()
    {
        var context = TestExports.Context("chat.md").With(new FormattedContent("# Notes"u8.ToArray(), "text/markdown"));

        var entry = await UploadAsync(context);

        Assert.DoesNotContain("Datasets", entry.Body, StringComparison.Ordinal);
        Assert.Equal("NexusLIMS record", Assert.Single(entry.Uploads).Comment);
    }

    private async Task<FakeElabFtwEntry> UploadAsync(ExportContext context)
    {
        await _bed!.Destination.UploadAsync(context, default);
        return Assert.Single(_bed.Server.Entries);
    }
}
