using NexusExport.Destinations.Cdcs;
using NexusExport.Fakes.Cdcs;

namespace NexusExport.Tests.Destinations.Cdcs;

public sealed class CdcsTitleTests
{
    [Theory]
    [InlineData(" padded .xml", "padded")]
    [InlineData("\u00A0padded\u2003\x1f.xml", "padded")]
    [InlineData(" .xml", ".xml")]
    [InlineData(" \t", "record")]
    [InlineData("nul\0name.xml", "nul\uFFFDname")]
    [InlineData("2026-01-23_FEI-Titan-TEM_204.xml", "2026-01-23_FEI-Titan-TEM_204")]
    public void From_AnyName_IsWhatTheServerWillKeep(string fileName, string title) => Assert.Equal(title, CdcsTitle.From(fileName, out _));

    [Theory]
    [InlineData(" padded .xml")]
    [InlineData("\u00A0padded\u2003.xml")]
    [InlineData(" .xml")]
    [InlineData("Größe µm – 1041 😀.xml")]
    [InlineData("two\nlines.xml")]
    [InlineData("a&b=c?d#e+f%20.xml")]
    public async Task Find_OfANameThatTheServerTrims_FindsWhatWasSent(string fileName)
    {
        await using var bed = await CdcsBed.StartAsync();
        var receipt = await bed.Destination.UploadAsync(TestExports.Context(fileName), default);

        var found = await bed.Destination.FindAsync(TestExports.Context(fileName), default);

        Assert.Equal(receipt.RecordId, found?.RecordId);
        Assert.NotNull(await bed.Destination.FetchExistingAsync(fileName, default));
    }

    [Fact]
    public async Task Find_OfANameWithHalfASurrogatePair_FindsWhatWasSent()
    {
        await using var bed = await CdcsBed.StartAsync();
        var context = TestExports.Context("half\uD800.xml");
        await bed.Destination.UploadAsync(context, default);

        Assert.NotNull(await bed.Destination.FindAsync(context, default));
        Assert.Equal("half\uFFFD", Assert.Single(bed.Server.Records).Title);
    }

    [Theory]
    [InlineData("template", " Nexus Experiment Schema ")]
    [InlineData("workspace", "Titan group\t")]
    public async Task Upload_NameInTheSettingsWithWhiteSpace_IsTheOneMeant(string setting, string value)
    {
        await using var bed = await CdcsBed.StartAsync((setting, value));

        await bed.Destination.UploadAsync(TestExports.Context(), default);

        Assert.Equal(FakeCdcs.TemplateId, Assert.Single(bed.Server.Records).Template);
    }
}
