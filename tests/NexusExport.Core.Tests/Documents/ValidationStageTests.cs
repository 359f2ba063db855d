using System.Text;
using NexusExport.Documents;
using NexusExport.Tests.Publishing;
using NexusExport.Tests.Records;

namespace NexusExport.Tests.Documents;

public sealed class ValidationStageTests : IDisposable
{
    private const string Schema = $"""
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{RecordXml.Namespace}" elementFormDefault="qualified">
          <xs:element name="Experiment"><xs:complexType><xs:sequence>
            <xs:element name="n" type="xs:int" maxOccurs="unbounded"/>
          </xs:sequence></xs:complexType></xs:element>
        </xs:schema>
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Execute_Record_Passes()
    {
        var result = Validate(RecordXml.Minimal);

        Assert.True(result.Passed);
        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-32")]
    public void Execute_ByteOrderMark_Passes(string name)
    {
        var encoding = Encoding.GetEncoding(name);

        var document = SampleDocuments.From([.. encoding.GetPreamble(), .. encoding.GetBytes(RecordXml.Minimal)]);

        Assert.True(new ValidationStage(10_000, null).Execute(document).Passed);
    }

    [Theory]
    [InlineData("<html/>", ExportErrorCode.NotARecord, "'html'")]
    [InlineData("<Experiment xmlns='urn:x'/>", ExportErrorCode.WrongNamespace, "urn:x")]
    [InlineData("<Experiment xmlns='https://data.nist.gov/od/dm/nexus/experiment/v1.0'>\n  <summary/>\n  <sample>\n", ExportErrorCode.NotWellFormed, "line 4")]
    [InlineData("<Experiment xmlns='https://data.nist.gov/od/dm/nexus/experiment/v1.0'/><again/>", ExportErrorCode.NotWellFormed, "line 1")]
    [InlineData("<?xml version='1.0' encoding='klingon'?><a/>", ExportErrorCode.NotWellFormed, "klingon")]
    [InlineData("<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><l>&b;</l>", ExportErrorCode.NotARecord, "DTDs are refused")]
    [InlineData("<!DOCTYPE l SYSTEM 'http://127.0.0.1:1/x.dtd'><l/>", ExportErrorCode.NotARecord, "DTDs are refused")]
    public void Execute_BadXml_IsRefusedWithItsReason(string xml, string code, string reason)
    {
        var fault = Assert.Single(Validate(xml).Errors);

        Assert.Equal(code, fault.Code);
        Assert.StartsWith("31.xml: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_BytesThatAreNoUtf8_AreRefused()
    {
        var bytes = Encoding.UTF8.GetBytes(RecordXml.Minimal);
        bytes[^20] = 0xC3;

        Assert.Equal(ExportErrorCode.NotWellFormed, Assert.Single(new ValidationStage(10_000, null).Execute(SampleDocuments.From(bytes)).Errors).Code);
    }

    [Fact]
    public void Execute_OtherMediaType_IsCheckedAsTextOnly()
    {
        var stage = new ValidationStage(10_000, null);

        Assert.True(stage.Execute(SampleDocuments.From("# <not XML", "text/markdown")).Passed);
        Assert.Equal(ExportErrorCode.NotWellFormed, Assert.Single(stage.Execute(SampleDocuments.From([(byte)'a', 0xC3], "text/markdown")).Errors).Code);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public void Execute_AtTheLimit_CountsCharactersNotBytes(int spare, bool passes)
    {
        var xml = RecordXml.WithTitle(new string('μ', 1_000));

        var result = new ValidationStage(xml.Length + spare, null).Execute(SampleDocuments.From(xml));

        Assert.Equal(passes, result.Passed);
        Assert.All(result.Errors, fault => Assert.Equal(ExportErrorCode.ContentTooLarge, fault.Code));
        Assert.All(result.Errors, fault => Assert.Matches(@"has 1,\d{3} characters; at most 1,\d{3} characters", fault.Message));
    }

    [Fact]
    public void Execute_SchemaInvalid_TellsTheFirstErrorsWithTheirPlaces()
    {
        var xml = $"<Experiment xmlns='{RecordXml.Namespace}'>\n" + string.Concat(Enumerable.Repeat("<n>one</n>\n", 9)) + "</Experiment>";

        var errors = Validate(xml, Schema).Errors;

        Assert.Equal(ValidationStage.MaxSchemaErrors, errors.Count);
        Assert.All(errors, fault => Assert.Equal(ExportErrorCode.SchemaInvalid, fault.Code));
        Assert.Contains("line 2, column ", errors[0].Message, StringComparison.Ordinal);
        Assert.Contains("line 6, column ", errors[4].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_SchemaErrorAndThenBrokenXml_TellsBoth()
    {
        var errors = Validate($"<Experiment xmlns='{RecordXml.Namespace}'><n>one</n><n>", Schema).Errors;

        Assert.Equal([ExportErrorCode.SchemaInvalid, ExportErrorCode.NotWellFormed], errors.Select(fault => fault.Code), StringComparer.Ordinal);
    }

    [Fact]
    public void Execute_SchemaOfSomethingElse_Refuses()
    {
        var schema = Schema.Replace(RecordXml.Namespace, "urn:x", StringComparison.Ordinal);

        var fault = Assert.Single(Validate(RecordXml.Minimal, schema).Errors);

        Assert.Equal(ExportErrorCode.SchemaInvalid, fault.Code);
        Assert.Contains("does not describe", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_SchemaNamedByTheDocument_IsNotFollowed()
    {
        var other = _folder.Write("other.xsd", "<not-a-schema/>");
        var hint = $"xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='{RecordXml.Namespace} {new Uri(other)}'";
        var xml = $"<Experiment xmlns='{RecordXml.Namespace}' {hint}><n>1</n></Experiment>";

        Assert.True(Validate(xml, Schema).Passed);
    }

    [Fact]
    public void Execute_ManyAtOnce_ShareTheSchema()
    {
        var stage = new ValidationStage(10_000, new RecordSchema(_folder.Write("s.xsd", Schema)));

        var passed = Enumerable.Range(0, 200).AsParallel()
            .Select(number => $"<Experiment xmlns='{RecordXml.Namespace}'><n>{(number % 2 == 0 ? "1" : "x")}</n></Experiment>")
            .Select(xml => stage.Execute(SampleDocuments.From(xml)).Passed)
            .Count(ok => ok);

        Assert.Equal(100, passed);
    }

    [Fact]
    [RequiresShared("fixtures/schema/nexus-experiment.xsd")]
    public async Task Execute_SamplesAndExample_AreValidAgainstTheRealSchema()
    {
        var stage = new ValidationStage(1_000_000, new RecordSchema(SharedFixtures.Find("schema", "nexus-experiment.xsd")!));
        var samples = Directory.GetFiles(Path.Combine(SharedFixtures.Repository, "samples", "records"));
        foreach (var path in samples.Append(SharedFixtures.Find("records/example_record.xml")!))
        {
            var assembled = await new AssemblyStage(1_000_000).ExecuteAsync(new() { SessionIdentifier = "1", Path = path }, CancellationToken.None);
            var result = stage.Execute(TransformationStage.Execute(assembled));

            Assert.Empty(result.Errors);
            Assert.Empty(result.Warnings);
        }
    }

    private ValidationResult Validate(string xml, string? schema = null) =>
        new ValidationStage(10_000, schema is null ? null : new RecordSchema(_folder.Write("schema.xsd", schema))).Execute(SampleDocuments.From(xml));
}
