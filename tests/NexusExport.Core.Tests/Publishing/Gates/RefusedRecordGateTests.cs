using NexusExport.Publishing.Gates;

namespace NexusExport.Tests.Publishing.Gates;

public sealed class RefusedRecordGateTests
{
    private static readonly ExportFault Fault = new(ExportErrorCode.NotWellFormed, "31.xml: line 1.");

    private readonly RefusedRecordGate _gate = new();

    [Fact]
    public void Judge_ADocumentThatNothingSpeaksAgainst_Passes() => Assert.Null(_gate.Judge(GateQuestions.Ask()));

    [Fact]
    public void Judge_ARefusedDocument_FailsAndIsLogged() => Assert.Equal(
        new(ExportStatus.Failed, Journaling.JobAndLog) { Fault = Fault },
        _gate.Judge(GateQuestions.Ask(route => route with { Validation = new([Fault, new(ExportErrorCode.SchemaInvalid, "And more.")], []) })));

    [Fact]
    public void Judge_ARecordWithoutADocument_FailsAsItsRefusalSays() => Assert.Equal(
        new(ExportStatus.Failed, Journaling.Nothing) { Fault = Fault },
        _gate.Judge(GateQuestions.Ask(route => route with { Document = null, Refusal = new(Fault, Journaling.Nothing) })));
}
