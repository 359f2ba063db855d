using NexusExport.Documents;
using NexusExport.Publishing.Gates;
using NexusExport.Store;

namespace NexusExport.Tests.Publishing.Gates;

public sealed class PublishGatesTests
{
    private static readonly ExportFault Refusal = new(ExportErrorCode.NotWellFormed, "31.xml: line 1.");

    private static readonly ExportFault Faulty = new(ExportErrorCode.SecretUnavailable, "NX_TOKEN is not set.");

    /// <summary>All gates are closed; then each that decided opens.</summary>
    [Theory]
    [InlineData(0, ExportStatus.AlreadyExported, null)]
    [InlineData(1, ExportStatus.Failed, ExportErrorCode.NotWellFormed)]
    [InlineData(2, ExportStatus.Skipped, ExportErrorCode.DependencyFailed)]
    [InlineData(3, ExportStatus.Failed, ExportErrorCode.SecretUnavailable)]
    [InlineData(4, null, null)]
    public async Task Judge_WhereSeveralGatesAreClosed_TheFirstDecides(int open, ExportStatus? status, string? code)
    {
        await using var registry = GateQuestions.Registry(open > 2 ? [] : ["cdcs"], open > 3 ? [] : [Faulty]);
        var completed = new Dictionary<string, JobClaim>(StringComparer.Ordinal) { ["share"] = GateQuestions.There };

        var verdict = PublishGates.For(registry).Judge(GateQuestions.Ask(route => route with
        {
            Completed = open > 0 ? route.Completed : completed,
            Validation = open > 1 ? ValidationResult.Nothing : new([Refusal], []),
        }));

        Assert.Equal((status, code), (verdict?.Status, verdict?.Fault?.Code));
    }

    [Fact]
    public void Judge_WithoutGates_LetsEverythingPass() => Assert.Null(new PublishGates([]).Judge(GateQuestions.Ask()));
}
