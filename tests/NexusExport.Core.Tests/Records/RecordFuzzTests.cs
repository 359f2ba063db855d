using System.Globalization;
using System.Text;
using NexusExport.Documents;
using NexusExport.Records;

namespace NexusExport.Tests.Records;

/// <summary>Whatever a record file holds, it is a record or refused as what it is: no damage is a failure that nobody expected.</summary>
public sealed class RecordFuzzTests : IDisposable
{
    private const int Mutations = 2000;
    private const int Seed = 20260123;

    private static readonly string[] Tokens =
    [
        "&#xD800;", "&#0;", "&#x1F;", "&lt;", "&nbsp;", "&", "<", ">", "</Experiment>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "<![CDATA[", "]]>", "<!--", "-->", "--", "<?xml version=\"1.1\"?>",
        "<?pi", "?>", "xmlns=\"\"", "xmlns:x=\"y\"", "x:y=\"1\"", "<x:y/>", "encoding=\"utf-16\"", "encoding=\"ebcdic-cp-us\"", "encoding=\"shift_jis\"", "encoding=\"utf-7\"", "standalone=\"maybe\"", "ref=\"?id=1&amp;x\"",
        "pid=\"\"", "<id>../../etc</id>", "<id>a&#10;b</id>", "<summary/>", "<title/>", "9999-99-99T99:99:99", "0001-01-01T00:00:00+14:00", "\u001B[31m",
    ];

    private static readonly string[] Expected =
    [
        ExportErrorCode.EmptyContent, ExportErrorCode.NotARecord, ExportErrorCode.WrongNamespace,
        ExportErrorCode.NotWellFormed, ExportErrorCode.ContentTooLarge, ExportErrorCode.SchemaInvalid,
    ];

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task ReadAndValidate_AnyDamage_IsARecordOrRefusedAsWhatItIs()
    {
        var original = await File.ReadAllBytesAsync(Directory.GetFiles(Path.Combine(SharedFixtures.Repository, "samples", "records")).Order(StringComparer.Ordinal).First());
        original = original[..Math.Min(original.Length, 3000)];
        original = [.. original, .. "</meta></setup></acquisitionActivity></Experiment>"u8];
        for (var number = 0; number < Mutations; number++)
        {
            var damaged = new Mutator(Seed + number, Tokens).Damage(number % 2 == 0 ? original : Encoding.UTF8.GetBytes(Head));
            var file = _folder["2026-01-23_FEI-Titan-TEM_1.xml"];
            await File.WriteAllBytesAsync(file, damaged);

            var said = await FaultOfAsync(file);

            Assert.True(
                said is null || Expected.Contains(said.Code, StringComparer.Ordinal),
                string.Create(CultureInfo.InvariantCulture, $"seed {Seed + number}: {said?.Code} {said?.Message}"));
            Assert.Equal(said?.Message, said is null ? null : VisibleText.Line(said.Message));
        }
    }

    public void Dispose() => _folder.Dispose();

    private const string Head = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Experiment xmlns="https://data.nist.gov/od/dm/nexus/experiment/v1.0">
          <title>Session 1</title>
          <id>1</id>
          <summary ref="https://nemo.example.org/?id=1">
            <experimenter>Ada Müller</experimenter>
            <instrument pid="FEI-Titan-TEM">FEI Titan TEM</instrument>
            <reservationStart>2026-01-23T10:00:00-07:00</reservationStart>
            <reservationEnd>2026-01-23T12:00:00-07:00</reservationEnd>
          </summary>
        </Experiment>
        """;

    private static async Task<ExportFault?> FaultOfAsync(string file)
    {
        try
        {
            var reading = await new RecordFileReader(sessions: null, uploadedFolder: null, TimeProvider.System).ReadAsync(file, CancellationToken.None);
            if (reading.Record is null)
            {
                return reading.Fault;
            }

            var document = TransformationStage.Execute(await new AssemblyStage(1_000_000).ExecuteAsync(reading.Record, CancellationToken.None));
            return new ValidationStage(1_000_000, schema: null).Execute(document).Errors is [var first, ..] ? first : null;
        }
        catch (ExportException exception)
        {
            return exception.Fault;
        }
        catch (Exception exception)
        {
            return new(ExportErrorCode.UnexpectedFailure, exception.ToString());
        }
    }
}
