using NexusExport.Publishing.Gates;

namespace NexusExport.Tests.Publishing.Gates;

public sealed class FaultyDestinationGateTests
{
    [Fact]
    public async Task Judge_ADestinationThatCanBeUsed_Passes()
    {
        await using var registry = GateQuestions.Registry();

        Assert.Null(new FaultyDestinationGate(registry).Judge(GateQuestions.Ask()));
    }

    [Fact]
    public async Task Judge_ADestinationThatCannot_FailsWithItsFirstFault()
    {
        var fault = new ExportFault(ExportErrorCode.SecretUnavailable, "NX_TOKEN is not set.");
        await using var registry = GateQuestions.Registry([], [fault, new(ExportErrorCode.ConfigurationInvalid, "And more.")]);

        Assert.Equal(
            new(ExportStatus.Failed, Journaling.JobAndLog) { Fault = fault },
            new FaultyDestinationGate(registry).Judge(GateQuestions.Ask()));
    }
}
