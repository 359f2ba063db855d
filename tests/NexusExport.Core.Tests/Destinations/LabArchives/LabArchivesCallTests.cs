using System.Text.RegularExpressions;
using NexusExport.Destinations.LabArchives;
using NexusExport.Fakes.LabArchives;

namespace NexusExport.Tests.Destinations.LabArchives;

/// <summary>What goes over the wire: signatures, the clock, the pace, and errors at whatever status.</summary>
public sealed class LabArchivesCallTests : IAsyncLifetime
{
    // A connection that is cut is noticed a moment before the server writes down when the request came.
    private static readonly TimeSpan Jitter = TimeSpan.FromMilliseconds(50);

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
        await using var destination = LabArchivesBed.Create(_fake, ("access_password", new SecretText("another")));

        var fault = await FaultAsync(destination);

        Assert.Equal(ExportErrorCode.AuthExpired, fault.Code);
        Assert.False(fault.Recoverable);
        Assert.Equal((1, 2), (_fake.RequestCount - _fake.CallsOf("epoch_time"), _fake.CallsOf("epoch_time")));
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
    [InlineData(4500, ExportErrorCode.RequestRejected)]
    [InlineData(4529, ExportErrorCode.RequestRejected)]
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

    [Theory]
    [InlineData(4500, 401, ExportErrorCode.RequestRejected)]
    [InlineData(4529, 401, ExportErrorCode.RequestRejected)]
    [InlineData(4321, 401, ExportErrorCode.RequestRejected)]
    [InlineData(4514, 404, ExportErrorCode.AuthExpired)]
    [InlineData(4501, 404, ExportErrorCode.PermissionDenied)]
    [InlineData(4321, 404, ExportErrorCode.ResourceNotFound)]
    public async Task Upload_ErrorWithANumberAtAMisleadingStatus_IsWhatTheNumberSays(int code, int status, string expected)
    {
        await RestartAsync(new() { ErrorStatus = status });
        _fake.Refuse("add_attachment", code);

        Assert.Equal(expected, (await FaultAsync(_destination)).Code);
    }

    [Theory]
    [InlineData("get_tree_level", true)]
    [InlineData("add_attachment", false)]
    public async Task Upload_RightThatIsMissing_ConcernsEveryRecordOnlyAtTheRoot(string method, bool every)
    {
        _fake.Refuse(method, 4501);

        Assert.Equal(every, (await FaultAsync(_destination)).ConcernsEveryRecord);
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(200, true)]
    [InlineData(400, false)]
    public async Task Upload_UnknownErrorOfTheService_MayPassAndMayHaveCommitted(int status, bool nested)
    {
        await RestartAsync(new() { ErrorStatus = status, NestedErrors = nested });
        _fake.Refuse("add_attachment", 4999);

        var fault = await FaultAsync(_destination);

        Assert.Equal((ExportErrorCode.ServerError, true, true), (fault.Code, fault.Recoverable, fault.MayHaveCommitted));
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
    [InlineData("<html><body>Please log in</body></html>", "text/html")]
    [InlineData("<maintenance>back soon</maintenance>", "application/xml")]
    [InlineData("{}", "application/json")]
    [InlineData("", "application/xml")]
    public async Task Upload_SomethingElseThanAList_MakesNothing(string body, string mediaType)
    {
        _fake.Add(new() { Path = "/api/tree_tools/get_tree_level", Status = 200, Body = body, ContentType = mediaType });

        var fault = await FaultAsync(_destination);

        Assert.Equal(ExportErrorCode.UnexpectedResponse, fault.Code);
        Assert.Equal(0, _fake.CallsOf("insert_node"));
    }

    [Theory]
    [InlineData(200, "<html>down</html>")]
    [InlineData(200, "<utilities><expires>1769126400000</expires></utilities>")]
    [InlineData(200, "<utilities><epoch-time>1769126400</epoch-time></utilities>")]
    [InlineData(200, "<utilities><epoch-time>99999999999999999999</epoch-time></utilities>")]
    [InlineData(404, "")]
    [InlineData(500, "<error><error-code>4999</error-code></error>")]
    [InlineData(503, "")]
    public async Task Upload_ServerThatDoesNotTellTheTime_GoesByThisMachines(int status, string body)
    {
        _fake.Add(new() { Path = "/api/utilities/epoch_time", Status = status, Body = body, ContentType = "application/xml" });

        await _destination.UploadAsync(LabArchivesBed.Context(), default);

        Assert.Single(_fake.Attachments);
    }

    [Fact]
    public async Task Upload_ServerThatIsSilentAboutTheTime_GoesByThisMachines()
    {
        await using var impatient = new LabArchivesDestination(
            LabArchivesBed.Settings(_fake, TimeSpan.FromMilliseconds(300)), new DestinationServices { Time = _fake.Options.Time });
        _fake.Add(new() { Path = "/api/utilities/epoch_time", Hang = true });

        await impatient.UploadAsync(LabArchivesBed.Context(), default);

        Assert.Single(_fake.Attachments);
    }

    [Fact]
    public async Task Upload_ServerThatDoesNotTellItsLimit_FindsItOut()
    {
        _fake.Refuse("max_file_size", 4321);

        await _destination.UploadAsync(LabArchivesBed.Context(), default);

        Assert.Single(_fake.Attachments);
    }

    [Theory]
    [InlineData("get_tree_level")]
    [InlineData("epoch_time")]
    [InlineData("get_entries_for_page")]
    public async Task Upload_KeptConnectionThatBreaks_ReadsAgainAfterASecond(string method)
    {
        await _destination.UploadAsync(LabArchivesBed.Context("earlier"), default);
        await using var later = LabArchivesBed.Create(_fake);
        await later.TestConnectionAsync(default);
        _fake.ClockSkew = TimeSpan.FromMinutes(method is "epoch_time" ? 10 : 0);
        _fake.Add(new() { Path = $"/api/{(method is "epoch_time" ? "utilities" : "tree_tools")}/{method}", Abort = true });

        await later.UploadAsync(LabArchivesBed.Context(), default);

        Assert.Equal(2, _fake.Attachments.Count);
        Assert.All(_fake.Spacings, spacing => Assert.True(spacing >= PacedCalls.Interval - Jitter, $"{spacing} is too short."));
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
    public async Task Upload_OfARecordTooLarge_MakesNothing()
    {
        await RestartAsync(new() { MaxFileSize = 10 });

        var fault = await FaultAsync(_destination);

        Assert.Equal(ExportErrorCode.ContentTooLarge, fault.Code);
        Assert.Contains("Test-ExportDestination", fault.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("up to 10", fault.Message, StringComparison.Ordinal);
        Assert.Empty(_fake.Nodes);
    }

    [Fact]
    public async Task Upload_OfManyAtOnce_KeepsASecondBetweenAnyTwoCalls()
    {
        await Task.WhenAll(Enumerable.Range(0, 5).Select(number => _destination.UploadAsync(LabArchivesBed.Context($"{number}"), default)));

        Assert.Equal(16, _fake.RequestCount);
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
