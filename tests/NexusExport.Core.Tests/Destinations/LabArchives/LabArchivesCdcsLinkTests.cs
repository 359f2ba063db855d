using NexusExport.Destinations.LabArchives;
using NexusExport.Fakes.LabArchives;

namespace NexusExport.Tests.Destinations.LabArchives;

/// <summary>The section that links a page to the record in CDCS.</summary>
public sealed class LabArchivesCdcsLinkTests : IAsyncLifetime
{
    private const string Url = "https://cdcs.example/data?id=31&x=\"1\"";

    private FakeLabArchives _fake = null!;

    public async Task InitializeAsync() => _fake = await FakeLabArchives.StartAsync(new() { Time = new HurriedTimeProvider() });

    public async Task DisposeAsync() => await _fake.DisposeAsync();

    [Fact]
    public async Task Upload_AfterCdcsHasTheRecord_LinksToIt()
    {
        await using var destination = LabArchivesBed.Create(_fake);

        var receipt = await destination.UploadAsync(LabArchivesBed.After(LabArchivesBed.Context(), "CDCS", success: true, Url), default);

        var html = Assert.Single(_fake.Texts).Text;
        Assert.Contains("<div class=\"cdcs-reference\">\n<h3>NexusLIMS Record</h3>", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://cdcs.example/data?id=31&amp;x=&quot;1&quot;\">CDCS Record 31</a>", html, StringComparison.Ordinal);
        Assert.Equal(true, receipt.Metadata["included_cdcs_link"]);
        Assert.Equal(true, (await destination.FindAsync(LabArchivesBed.Context(), default))?.Metadata["included_cdcs_link"]);
    }

    [Theory]
    [InlineData("cdcs", false, Url)]
    [InlineData("cdcs", true, null)]
    [InlineData("cdcs", true, "javascript:alert(1)")]
    [InlineData("another", true, Url)]
    public async Task Upload_WithoutARecordInCdcsToLinkTo_LeavesTheSectionOut(string name, bool success, string? url)
    {
        await using var destination = LabArchivesBed.Create(_fake);

        var receipt = await destination.UploadAsync(LabArchivesBed.After(LabArchivesBed.Context(), name, success, url), default);

        Assert.DoesNotContain("cdcs-reference", Assert.Single(_fake.Texts).Text, StringComparison.Ordinal);
        Assert.Equal(false, receipt.Metadata["included_cdcs_link"]);
        Assert.Single(_fake.Attachments);
    }

    [Fact]
    public async Task Upload_WithACdcsOfAnotherName_LinksToThatOne()
    {
        await using var destination = LabArchivesBed.Create(_fake, ("cdcs_destination", "repository"));

        var receipt = await destination.UploadAsync(LabArchivesBed.After(LabArchivesBed.Context(), "repository", success: true, Url), default);

        Assert.Equal(true, receipt.Metadata["included_cdcs_link"]);
    }
}
