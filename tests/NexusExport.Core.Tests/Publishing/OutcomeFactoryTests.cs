using NexusExport.Publishing;
using NexusExport.Publishing.Gates;
using NexusExport.Resilience;
using NexusExport.Security;
using NexusExport.Store;
using NexusExport.Tests.Publishing.Gates;

namespace NexusExport.Tests.Publishing;

public sealed class OutcomeFactoryTests
{
    private static readonly DestinationReceipt Receipt = new() { RecordId = "7", RecordUrl = "https://lab/7", BytesSent = 4 };

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Stopped_ByWhatTheJournalKnows_TellsWhereItIs()
    {
        var outcome = Factory().Stopped(GateQuestions.Ask(), AlreadyThereGate.Known(new(JobClaimKind.AlreadyExported, "job", Receipt)));

        var result = outcome.Result;
        Assert.Equal((ExportStatus.AlreadyExported, "job", "7", 0L), (result.Status, result.JobId, result.RecordId, result.BytesSent));
        Assert.Equal((Receipt, Journaling.Nothing), (outcome.Receipt, outcome.Journaling));
    }

    [Fact]
    public void Stopped_ByAFaultThatNamesASecret_DoesNotTellIt()
    {
        var secret = new SecretText("t0p/secret");
        Assert.Equal("t0p/secret", secret.Reveal());

        var outcome = Factory(secret).Stopped(GateQuestions.Ask(), GateVerdict.Failed(new(ExportErrorCode.ConfigurationInvalid, "No t0p/secret.")));

        Assert.Equal((ExportStatus.Failed, "No ***."), (outcome.Result.Status, outcome.Result.ErrorMessage));
    }

    [Fact]
    public void Exported_OfWhatWasSent_TellsHow()
    {
        var asked = GateQuestions.Ask();

        var outcome = Factory().Exported(asked, new(JobClaimKind.Granted, "job", Receipt: null), new(Receipt, Fault: null, 2, TimeSpan.FromSeconds(3)));

        var result = outcome.Result;
        Assert.Equal(("31", "share", "batch", "job"), (result.SessionIdentifier, result.DestinationName, result.BatchId, result.JobId));
        Assert.Equal(asked.Document.Content.ContentHash, result.ContentHash);
        Assert.Equal((2, 3.0, 4L, _time.GetLocalNow()), (result.Attempts, result.Duration.TotalSeconds, result.BytesSent, result.Timestamp));
        Assert.Equal(Journaling.JobAndLog, outcome.Journaling);
    }

    [Theory]
    [InlineData(true, "part")]
    [InlineData(false, "begun")]
    public void Failed_WhereSomethingWasLeft_KeepsTheLatestOfIt(bool hasPartial, string expected)
    {
        var fault = new ExportFault(ExportErrorCode.Timeout, "No answer.") { Partial = hasPartial ? new() { RecordId = "part" } : null };

        var outcome = Factory().Failed(
            GateQuestions.Ask(), fault, Journaling.JobAndLog, new(JobClaimKind.GrantedFindFirst, "job", new() { RecordId = "begun" }), sent: null);

        Assert.Equal((expected, expected), (outcome.Receipt?.RecordId, outcome.Result.RecordId));
        Assert.Equal((ExportErrorCode.Timeout, true, 0), (outcome.Result.ErrorCode, outcome.Result.Recoverable, outcome.Result.Attempts));
    }

    private OutcomeFactory Factory(params SecretText[] secrets) => new(new SecretRedactor(secrets), _time);
}
