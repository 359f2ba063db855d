using NexusExport.Records;

namespace NexusExport.Tests.Records;

public sealed class RecordFileNameTests
{
    [Theory]
    [InlineData("2018-11-13_FEI-Titan-TEM_204.xml", "FEI-Titan-TEM", "204")]
    [InlineData("/data/records/2018-11-13_FEI_Titan_TEM_204.xml", "FEI_Titan_TEM", "204")]
    [InlineData("2018-11-13_FEI-Titan-TEM_7d3c1f0a.XML", "FEI-Titan-TEM", "7d3c1f0a")]
    [InlineData("2018-11-13_顕微鏡-1_204.xml", "顕微鏡-1", "204")]
    [InlineData("2018-11-13_FEI-Titan-TEM_204.1.xml", "FEI-Titan-TEM", "204")]
    public void Parse_NameOfTheScheme_TellsDateInstrumentAndSuffix(string name, string instrument, string suffix) =>
        Assert.Equal(new RecordFileName(new DateOnly(2018, 11, 13), instrument, suffix), RecordFileName.Parse(name));

    [Theory]
    [InlineData("notes.xml")]
    [InlineData("2018-11-13.xml")]
    [InlineData("2018-11-13_204.xml")]
    [InlineData("2018-11-13__204.xml")]
    [InlineData("2018-11-13_FEI-Titan-TEM_.xml")]
    [InlineData("2018-13-13_FEI-Titan-TEM_204.xml")]
    [InlineData("20181113_FEI-Titan-TEM_204.xml")]
    [InlineData("")]
    public void Parse_OtherName_IsNull(string name) => Assert.Null(RecordFileName.Parse(name));
}
