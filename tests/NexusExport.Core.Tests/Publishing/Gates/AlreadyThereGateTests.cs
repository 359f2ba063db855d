using NexusExport.Publishing.Gates;
using NexusExport.Store;

namespace NexusExport.Tests.Publishing.Gates;

public sealed class AlreadyThereGateTests
{
    private readonly AlreadyThereGate _gate = new();

    [Fact]
    public void Judge_WhatTheJournalKnows_IsThereAndNoNews() => Assert.Equal(
        new(ExportStatus.AlreadyExported, Journaling.Nothing) { Known = GateQuestions.There },
        _gate.Judge(GateQuestions.Ask(route => route with { Completed = Known("share") })));

    [Fact]
    public void Judge_WhatIsAtAnotherDestination_Passes() =>
        Assert.Null(_gate.Judge(GateQuestions.Ask(route => route with { Completed = Known("cdcs"), Elsewhere = Known("share") })));

    private static Dictionary<string, JobClaim> Known(string name) => new(StringComparer.OrdinalIgnoreCase) { [name] = GateQuestions.There };
}
