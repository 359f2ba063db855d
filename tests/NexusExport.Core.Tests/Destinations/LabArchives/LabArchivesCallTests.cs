using System.Text.RegularExpressions;
using NexusExport.Destinations;
using NexusExport.Destinations.LabArchives;
using NexusExport.Fakes;
using NexusExport.Fakes.LabArchives;

namespace NexusExport.Tests.Destinations.LabArchives;

/// <summary>What goes over the wire: signatures, the clock, the pace, and errors at whatever status.</summary>
public sealed class LabArchivesCallTests : IAsyncLifetime
{
    private FakeLabArchives _fake = null!;
    private LabArchivesDestination _destination = null!;

    public async Task InitializeAsync() => await StartAsync(new());

    public async Task DisposeAsync()
    {
        await _destination.DisposeAsync();
        await _fake.DisposeAsync();
    }

    [Theory]
    [InlineData(-600)]
    [InlineData(86_400)]
    public async Task Upload_WithAClockThatIsWrong_SignsByTheServers(int skewSeconds)
    {
        _fake.ClockSkew = TimeSpan.FromSeconds(skewSeconds);

        await _destination.UploadAsync(LabArchivesBed.Context(), default);

        Assert.Single(_fake.Attachments);
        Assert.Equal(1, _fake.CallsOf("epoch_time"));
    }

    [Theory]
    [InlineData(4504, 400, false)]
    [InlineData(4520, 401, false)]
    [InlineData(4520, 200, true)]
    [InlineData(4533, 403, true)]
    public async Task Upload_ClockThatShiftsInTheRun_IsReadAgainAndTheCallSignedAnew(int code, int status, bool nested)
    {
        await RestartAsync(new() { OutOfDateCode = code, ErrorStatus = status, NestedErrors = nested });
        await _destination.UploadAsync(LabArchivesBed.Context(), default);
        _fake.ClockSkew = TimeSpan.FromMinutes(5);

        await _destination.UploadAsync(LabArchivesBed.Context("more"), default);

        Assert.Equal(2, _fake.Attachments.Count);
        Assert.Equal(2, _fake.CallsOf("epoch_time"));
    }

    [Fact]
    public async Task Upload_SignatureThatIsWrongForAnotherReason_IsNotTriedAgain()
    {
        await using var destination = LabArchivesBed.Create(_fake, ("access_password", new NexusExport.Security.SecretText("another")));

        var fault = await FaultAsync(destination);

        Assert.Equal(ExportErrorCode.AuthExpired, fault.Code);
        Assert.False(fault.Recoverable);
        Assert.Equal((1, 2), (_fake.CallsOf("get_tree_level"), _fake.CallsOf("epoch_time")));
    }

    [Theory]
    [InlineData(4504, ExportErrorCode.AuthExpired)]
    [InlineData(4506, ExportErrorCode.AuthExpired)]
    [InlineData(4507, ExportErrorCode.AuthExpired)]
    [InlineData(4514, ExportErrorCode.AuthExpired)]
    [InlineData(4520, ExportErrorCode.AuthExpired)]
    [InlineData(4533, ExportErrorCode.AuthExpired)]
    [InlineData(4501, ExportErrorCode.PermissionDenied)]
    [InlineData(4502, ExportErrorCode.PermissionDenied)]
    [InlineData(4999, ExportErrorCode.RequestRejected)]
    [InlineData(4321, ExportErrorCode.RequestRejected)]
    public async Task Upload_ErrorWithANumber_IsToldApartInEveryEnvelopeAtEveryStatus(int code, string expected)
    {
        foreach (var (status, nested) in new[] { (200, false), (200, true), (400, false), (400, true) })
        {
            await RestartAsync(new() { ErrorStatus = status, NestedErrors = nested });
            _fake.Refuse("add_attachment", code);

            var fault = await FaultAsync(_destination);

            Assert.Equal(expected, fault.Code);
            Assert.Contains($"error {code} (HTTP {status}): Refused", fault.Message, StringComparison.Ordinal);
            Assert.Equal((false, false), (fault.Recoverable, fault.MayHaveCommitted));
            Assert.Equal(1, _fake.CallsOf("add_attachment"));
        }
    }

    [Fact]
    public async Task Upload_UnknownErrorAtAServerStatus_KeepsWhatTheStatusSays()
    {
        await RestartAsync(new() { ErrorStatus = 503 });
        _fake.Refuse("add_attachment", 4321);

        var fault = await FaultAsync(_destination);

        Assert.Equal((ExportErrorCode.ServerUnavailable, true, true), (fault.Code, fault.Recoverable, fault.MayHaveCommitted));
        Assert.Contains("4321", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/tree_tools/get_tree_level")]
    [InlineData("/api/utilities/epoch_time")]
    public async Task Upload_LoginPageInsteadOfXml_MakesNothing(string path)
    {
        _fake.Add(new() { Path = path, Status = 200, Body = "<html><body>Please log in</body></html>", ContentType = "text/html" });

        var fault = await FaultAsync(_destination);

        Assert.Equal(ExportErrorCode.UnexpectedResponse, fault.Code);
        Assert.Equal(0, _fake.CallsOf("insert_node"));
    }

    [Fact]
    public async Task Upload_UrlThatIsNoApi_SaysSo()
    {
        await using var destination = LabArchivesBed.Create(_fake, ("url", _fake.BaseUrl + "/elsewhere"));

        var fault = await FaultAsync(destination);

        Assert.Equal(ExportErrorCode.ResourceNotFound, fault.Code);
        Assert.Contains("url", fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_OfARecordTooLarge_KeepsTheTextForLater()
    {
        await RestartAsync(new() { MaxFileSize = 10 });

        var fault = await FaultAsync(_destination);

        Assert.Equal(ExportErrorCode.ContentTooLarge, fault.Code);
        Assert.Contains("Test-ExportDestination", fault.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(Assert.Single(_fake.Texts).Id, fault.Partial?.Metadata["entry_id"]);
    }

    [Fact]
    public async Task Upload_OfManyAtOnce_KeepsASecondBetweenAnyTwoCalls()
    {
        await Task.WhenAll(Enumerable.Range(0, 5).Select(number => _destination.UploadAsync(LabArchivesBed.Context($"{number}"), default)));

        Assert.Equal(15, _fake.RequestCount);
        Assert.All(_fake.Spacings, spacing => Assert.True(spacing >= PacedCalls.Interval, $"{spacing} is too short."));
    }

    [Fact]
    public async Task Upload_OfAnyRecord_SignsEveryCallAndEscapesOnce()
    {
        await _destination.UploadAsync(LabArchivesBed.Context(), default);

        var signed = _fake.RequestLog.Where(entry => !entry.Path.EndsWith("/epoch_time", StringComparison.Ordinal)).ToList();
        Assert.All(signed, entry => Assert.Matches("[?&]sig=[A-Za-z0-9%]+(&|$)", entry.Query));
        Assert.All(signed, entry => Assert.DoesNotContain("%25", entry.Query, StringComparison.Ordinal));
        Assert.All(_fake.RequestLog, entry => Assert.DoesNotContain(Uri.EscapeDataString(_fake.Options.AccessPassword), entry.Query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Upload_ServerRepeatsTheAddress_MessageHasNoSignature()
    {
        // The signature is not known beforehand: the body is what a proxy would make of the last call of the kind.
        await _destination.UploadAsync(LabArchivesBed.Context(), default);
        var query = _fake.RequestLog[^1].Query;
        var signature = Regex.Match(query, "sig=(?<value>[^&]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["value"].Value;
        var address = new Uri($"{_fake.BaseUrl}/{query}");

        Assert.DoesNotContain(signature, LabArchivesSignature.Redact($"cannot serve {query}", address), StringComparison.Ordinal);
        Assert.DoesNotContain(
            Uri.UnescapeDataString(signature), LabArchivesSignature.Redact($"bad {Uri.UnescapeDataString(signature)}", address), StringComparison.Ordinal);
    }

    private static async Task<ExportFault> FaultAsync(LabArchivesDestination destination) =>
        (await Assert.ThrowsAsync<ExportException>(() => destination.UploadAsync(LabArchivesBed.Context(), default))).Fault;

    private async Task RestartAsync(FakeLabArchivesOptions options)
    {
        await DisposeAsync();
        await StartAsync(options);
    }

    private async Task StartAsync(FakeLabArchivesOptions options)
    {
        _fake = await FakeLabArchives.StartAsync(options with { Time = new HurriedTimeProvider() });
        _destination = LabArchivesBed.Create(_fake);
    }
}
