using NexusExport.Documents;

namespace NexusExport.Tests.Documents;

public sealed class RecordSchemaTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Compiled_IncludeBesideTheSchema_IsRead()
    {
        _folder.Write("in/types/t.xsd", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='b'/></xs:schema>");
        var path = Write("<xs:include schemaLocation='types/t.xsd'/>");

        Assert.Equal(2, new RecordSchema(path).Compiled.GlobalElements.Count);
    }

    [Fact]
    public void Compiled_Twice_IsTheSame()
    {
        var schema = new RecordSchema(Write(string.Empty));

        Assert.Same(schema.Compiled, schema.Compiled);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/t.xsd", "only files beside the schema are")]
    [InlineData("../t.xsd", "only files beside the schema are")]
    [InlineData("absent.xsd", "absent.xsd")]
    public void Compiled_IncludeFromElsewhere_IsRefused(string location, string reason)
    {
        File.WriteAllText(_folder["t.xsd"], "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'/>");

        var fault = Fault(Write($"<xs:include schemaLocation='{location}'/>"));

        Assert.Equal(ExportErrorCode.ConfigurationInvalid, fault.Code);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<xs:element name='a' type='nonsense'/>", "line 2, column ")]
    [InlineData("<xs:elephant/>", "line 2, column ")]
    [InlineData("<xs:element", "line 3, column ")]
    public void Compiled_BrokenSchema_TellsFileLineAndColumn(string content, string place)
    {
        var path = Write(content);

        var fault = Fault(path);

        Assert.Equal(ExportErrorCode.ConfigurationInvalid, fault.Code);
        Assert.Contains("records.schema: " + path, fault.Message, StringComparison.Ordinal);
        Assert.Contains(place, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compiled_MissingFile_NamesIt()
    {
        var fault = Fault(_folder["absent.xsd"]);

        Assert.Equal(ExportErrorCode.ConfigurationInvalid, fault.Code);
        Assert.Contains(_folder["absent.xsd"], fault.Message, StringComparison.Ordinal);
    }

    private static ExportFault Fault(string path) => Assert.Throws<ExportException>(() => new RecordSchema(path).Compiled).Fault;

    private string Write(string content) => _folder.Write(
        "in/schema.xsd",
        $"<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>\n{content}\n<xs:element name='root'/></xs:schema>");
}
