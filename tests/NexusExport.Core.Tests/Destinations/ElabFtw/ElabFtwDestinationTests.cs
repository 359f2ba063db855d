using System.Globalization;
using System.Text;
using NexusExport.Fakes;
using NexusExport.Fakes.ElabFtw;
using NexusExport.Resilience;

namespace NexusExport.Tests.Destinations.ElabFtw;

public sealed class ElabFtwDestinationTests : HttpDestinationContract
{
    private ElabFtwBed? _bed;

    protected override IExportDestination Destination => _bed!.Destination;

    protected override FakeServer Server => Elab;

    protected override (string Method, string Path) Write => ("POST", "/api/v2/experiments");

    protected override string Secret => Elab.Key;

    protected override int LookUps => 0;

    protected override int RequestsPerRecord => 3;

    protected override int AttemptsAfterALostAnswer => 2;

    private FakeElabFtw Elab => _bed!.Server;

    public override async Task InitializeAsync() => _bed = await ElabFtwBed.StartAsync();

    public override async Task DisposeAsync() => await _bed!.DisposeAsync();

    [Theory]
    [InlineData("experiments", "experiments.php")]
    [InlineData("items", "database.php")]
    public async Task Upload_OfARecord_MakesAnEntryOfTheKindWithTheRecordAttached(string entity, string page)
    {
        await RestartAsync(new(), ("entity", entity));

        var receipt = await Destination.UploadAsync(ElabFtwExports.Rich(), default);

        var entry = Assert.Single(Elab.Entries);
        Assert.Equal((entity, "NexusLIMS - Nautilus-SEM - https://nemo.example/api/usage_events/?id=31"), (entry.Kind, entry.Title));
        Assert.Equal($"{Elab.BaseUrl}/{page}?mode=view&id={entry.Id}", receipt.RecordUrl);
        Assert.Equal("NexusLIMS XML record", Assert.Single(entry.Uploads).Comment);
        Assert.Equal(ElabFtwExports.Xml, Encoding.UTF8.GetString(entry.Uploads[0].Content));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/api/v2")]
    [InlineData("/api/v2/")]
    public async Task Upload_AddressWithOrWithoutTheApi_IsReached(string ending)
    {
        await RestartAsync(new() { BasePath = "/lab" }, ("url", ending));

        var receipt = await Destination.UploadAsync(TestExports.Context(), default);

        Assert.StartsWith($"{Elab.BaseUrl}/experiments.php?", receipt.RecordUrl, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "NexusLIMS|Nautilus-SEM|Ned Land")]
    [InlineData("", "")]
    [InlineData("lab, {instrument} (SEM), LAB", "lab|Nautilus-SEM (SEM)")]
    public async Task Upload_Tags_AreTheSettings(string? setting, string expected)
    {
        await RestartAsync(new(), setting is null ? [] : [("tags", setting)]);

        await Destination.UploadAsync(ElabFtwExports.Rich(), default);

        Assert.Equal(expected, string.Join('|', Assert.Single(Elab.Entries).Tags));
    }

    [Fact]
    public async Task Upload_RecordWithoutUser_LeavesThatTagOut()
    {
        await Destination.UploadAsync(TestExports.Context(), default);

        Assert.Equal("NexusLIMS", Assert.Single(Assert.Single(Elab.Entries).Tags));
    }

    [Theory]
    [InlineData("Microscopy", "success", FakeElabFtw.CategoryId, 2)]
    [InlineData("4", "7", FakeElabFtw.CategoryId, 2)]
    public async Task Upload_CategoryAndStatus_AreLookedUpByNameOrIdOnceARun(string category, string status, int expected, int lookUps)
    {
        await RestartAsync(new(), ("category", category), ("status", status));

        await Destination.UploadAsync(TestExports.Context(), default);
        await Destination.UploadAsync(TestExports.Context("second.xml", "second"), default);

        Assert.All(Elab.Entries, entry => Assert.Equal((expected, FakeElabFtw.StatusId), (entry.Category, entry.Status)));
        Assert.Equal(6 + lookUps, Elab.RequestCount);
    }

    [Theory]
    [InlineData("category", "'Microscopy'")]
    [InlineData("status", "'Success'")]
    public async Task Upload_NameThatTheTeamDoesNotHave_IsNamedWithThoseItHas(string setting, string there)
    {
        await RestartAsync(new(), (setting, "No such"));

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal(ExportErrorCode.ResourceNotFound, fault.Code);
        Assert.Contains($"{setting} 'No such'", fault.Message, StringComparison.Ordinal);
        Assert.Contains(there, fault.Message, StringComparison.Ordinal);
        Assert.Empty(Elab.Entries);
    }

    [Fact]
    public async Task Upload_LookUpFails_IsNotRemembered()
    {
        await RestartAsync(new(), ("category", "Microscopy"));
        Elab.Add(new FakeFault { Method = "GET", Status = 503 });
        Assert.Equal(ExportErrorCode.ServerUnavailable, (await FaultOfUploadAsync(Destination)).Code);

        Assert.NotNull(await Destination.UploadAsync(TestExports.Context(), default));
    }

    [Fact]
    public async Task Upload_Journal_KnowsTheEntryBeforeTheFileIsSent()
    {
        var journal = new List<(DestinationReceipt Receipt, int Uploads)>();
        var context = TestExports.Context() with
        {
            ReportProgressAsync = (made, _) =>
            {
                journal.Add((made, Elab.Entries[0].Uploads.Count));
                return Task.CompletedTask;
            },
        };

        var receipt = await Destination.UploadAsync(context, default);

        var (noted, uploads) = Assert.Single(journal);
        Assert.Equal((receipt.RecordId, false, 0), (noted.RecordId, noted.IsComplete, uploads));
    }

    [Theory]
    [InlineData(502, false)]
    [InlineData(504, true)]
    public async Task Upload_AttachingFailsForAMoment_CompletesTheSameEntryWithTheWholeFile(int status, bool commitFirst)
    {
        var context = TestExports.Context();
        Elab.Add(OnUpload(status) with { CommitFirst = commitFirst });

        var outcome = await Resilient(Destination).PublishAsync(context, default);

        Assert.Null(outcome.Fault);
        Assert.Single(Elab.Entries);
        Assert.Equal(context.Document.Content.Bytes.ToArray(), Assert.Single(_bed!.Stored()));
    }

    [Fact]
    public async Task Upload_AttachmentRefused_KeepsTheEntrysIdAndALaterRunCompletesIt()
    {
        Elab.Add(OnUpload(413) with { Body = "<html>too large</html>", ContentType = "text/html" });
        var fault = await FaultOfUploadAsync(Destination);

        var receipt = await Destination.UploadAsync(TestExports.Context() with { Existing = fault.Partial }, default);

        Assert.Equal(ExportErrorCode.ContentTooLarge, fault.Code);
        Assert.Contains("client_max_body_size", fault.RecommendedAction, StringComparison.Ordinal);
        Assert.False(fault.Partial?.IsComplete);
        Assert.Equal(Id(Assert.Single(Elab.Entries)), fault.Partial?.RecordId);
        Assert.Equal((fault.Partial?.RecordId, true), (receipt.RecordId, receipt.IsComplete));
        Assert.Single(Stored());
    }

    [Theory]
    [InlineData(100, int.MaxValue, int.MaxValue)]
    [InlineData(int.MaxValue, 2000, int.MaxValue)]
    [InlineData(int.MaxValue, int.MaxValue, 2000)]
    public async Task Upload_FileOverTheServersLimits_IsTooLargeAndNotTriedAgain(int file, int form, int proxy)
    {
        await RestartAsync(new() { MaxUploadBytes = file, MaxFormBytes = form, MaxProxyBytes = proxy });

        var outcome = await Resilient(Destination).PublishAsync(TestExports.Context(text: TestExports.LongText(3000)), default);

        Assert.Equal((ExportErrorCode.ContentTooLarge, 1, false), (outcome.Fault?.Code, outcome.Attempts, outcome.Fault?.Recoverable));
        Assert.Contains("MAX_UPLOAD_SIZE", outcome.Fault?.RecommendedAction, StringComparison.Ordinal);
        Assert.NotNull(outcome.Fault?.Partial?.RecordId);
    }

    [Fact]
    public async Task Upload_FileOverTheConfiguredLimit_IsRefusedBeforeAnythingIsMade()
    {
        await RestartAsync(new(), ("max_upload_bytes", 10L));

        Assert.Equal(ExportErrorCode.ContentTooLarge, (await FaultOfUploadAsync(Destination)).Code);
        Assert.Equal(0, Elab.RequestCount);
    }

    [Fact]
    public async Task Upload_FileArrivesCut_IsAMismatchAndTheNextAttemptReplacesIt()
    {
        await RestartAsync(new() { CutUploads = 1 });
        var context = TestExports.Context();

        var fault = await FaultOfUploadAsync(Destination, context);
        await Destination.UploadAsync(context with { Existing = fault.Partial }, default);

        Assert.Equal((ExportErrorCode.IntegrityMismatch, true), (fault.Code, fault.Recoverable));
        Assert.Contains(context.Document.Content.ContentHash, fault.Message, StringComparison.Ordinal);
        Assert.Equal(context.Document.Content.Bytes.ToArray(), Assert.Single(Stored()));
        Assert.Equal(2, Assert.Single(Elab.Entries).Uploads.Count);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Upload_ServerWithoutHashes_IsComparedBySize(int cut, bool arrives)
    {
        await RestartAsync(new() { WithoutHashes = true, CutUploads = cut });

        var outcome = await Resilient(Destination).PublishAsync(TestExports.Context(), default);

        Assert.Equal(arrives ? 1 : 2, outcome.Attempts);
        Assert.Single(Stored());
    }

    [Fact]
    public async Task Upload_ExistingThatWasDeleted_IsMadeAnew()
    {
        var first = await Destination.UploadAsync(TestExports.Context(), default);
        await Destination.UndoAsync(first, default);

        var second = await Destination.UploadAsync(TestExports.Context() with { Existing = first with { IsComplete = false } }, default);

        Assert.NotEqual(first.RecordId, second.RecordId);
        Assert.Single(Stored());
    }

    [Fact]
    public async Task Find_EntryWithoutItsFile_IsIncompleteAndUploadCompletesIt()
    {
        Elab.Add(OnUpload(400));
        await FaultOfUploadAsync(Destination);

        var found = await Destination.FindAsync(TestExports.Context(), default);
        var receipt = await Destination.UploadAsync(TestExports.Context() with { Existing = found }, default);

        Assert.False(found?.IsComplete);
        Assert.Equal(found?.RecordId, receipt.RecordId);
        Assert.Single(Elab.Entries);
    }

    [Fact]
    public async Task Find_ArchivedEntry_IsThere()
    {
        var receipt = await Destination.UploadAsync(TestExports.Context(), default);
        Elab.Entries[0].State = 2;

        Assert.Equal(receipt.RecordId, (await Destination.FindAsync(TestExports.Context(), default))?.RecordId);
    }

    [Fact]
    public async Task Find_SameContentOfAnotherSession_IsNotIt()
    {
        var context = TestExports.Context();
        await Destination.UploadAsync(context, default);

        Assert.Null(await Destination.FindAsync(context.With(new LabRecord { SessionIdentifier = "205" }), default));
    }

    [Fact]
    public async Task Fetch_NamesWithWildcards_AreTakenAtTheirWord()
    {
        await Destination.UploadAsync(TestExports.Context("a_\"b\"%\\µ.xml"), default);

        Assert.NotNull(await Destination.FetchExistingAsync("a_\"b\"%\\µ.xml", default));
        Assert.Null(await Destination.FetchExistingAsync("b.xml", default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_TagsThatOnlyAdminsMake_AreReportedAndTheEntryCompletedLater(bool tagsMade)
    {
        await RestartAsync(new() { NewTagsForbidden = true, TeamTags = tagsMade ? ["NexusLIMS"] : [] });

        var outcome = await Resilient(Destination).PublishAsync(TestExports.Context(user: tagsMade ? "ned" : null), default);
        await using var changed = _bed!.Create(new(), null, ("tags", tagsMade ? "NexusLIMS" : string.Empty));
        var receipt = await changed.UploadAsync(TestExports.Context() with { Existing = outcome.Fault?.Partial }, default);

        Assert.Equal((ExportErrorCode.RequestRejected, 1), (outcome.Fault?.Code, outcome.Attempts));
        Assert.Contains("set tags to ones that the team has", outcome.Fault?.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("mots-clés", outcome.Fault?.Message, StringComparison.Ordinal);
        Assert.Equal(Id(Assert.Single(Elab.Entries)), receipt.RecordId);
        Assert.Single(Stored());
    }

    [Fact]
    public async Task Upload_TagsStillRefusedOnCompletion_SaysSoAgain()
    {
        await RestartAsync(new() { NewTagsForbidden = true });
        var first = await FaultOfUploadAsync(Destination);

        var second = await FaultOfUploadAsync(Destination, TestExports.Context() with { Existing = first.Partial });

        Assert.Equal(first.RecommendedAction, second.RecommendedAction);
        Assert.Equal(first.Partial?.RecordId, second.Partial?.RecordId);
        Assert.Single(Elab.Entries);
    }

    [Theory]
    [InlineData("experiments")]
    [InlineData("items")]
    public async Task Upload_TeamThatDemandsATemplate_SaysWhatToChange(string entity)
    {
        await RestartAsync(new() { TemplateDemanded = true }, ("entity", entity));

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal(ExportErrorCode.RequestRejected, fault.Code);
        Assert.Contains($"switch off the setting that demands a template for {entity}", fault.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Elab.Entries);
    }

    [Fact]
    public async Task Upload_ReadOnlyKey_IsAPermission()
    {
        await RestartAsync(new() { ReadOnlyKey = true });

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal(ExportErrorCode.PermissionDenied, fault.Code);
        Assert.Contains("read/write", fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_CategoryIdThatIsNotThere_IsRefusedHereForTheServerTakesIt()
    {
        await RestartAsync(new(), ("category", "99"));

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal((ExportErrorCode.ResourceNotFound, true), (fault.Code, fault.ConcernsEveryRecord));
        Assert.Empty(Elab.Entries);
    }

    [Fact]
    public async Task Upload_KeyWithASchemeWord_IsNotSent()
    {
        await RestartAsync(new(), ("api_key", new SecretText("Bearer 12-abc")));

        var fault = await FaultOfUploadAsync(Destination);

        Assert.Equal(ExportErrorCode.ConfigurationInvalid, fault.Code);
        Assert.DoesNotContain("12-abc", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ValidateConfiguration_BadSettings_NamesEach()
    {
        var faults = _bed!.Create(new(), null, ("max_upload_bytes", 0L)).ValidateConfiguration();

        Assert.Contains("max_upload_bytes", Assert.Single(faults).Message, StringComparison.Ordinal);
    }

    protected override bool IsWrite(FakeLogEntry entry) => entry.Method == "POST" && entry.Path == Write.Path;

    protected override IReadOnlyList<byte[]> Stored() => _bed!.Stored();

    protected override IExportDestination Create(DestinationServices services, TimeSpan? timeout = null) => _bed!.Create(services, timeout);

    private static string Id(FakeElabFtwEntry entry) => entry.Id.ToString(CultureInfo.InvariantCulture);

    // The fake's first entry has this number.
    private static FakeFault OnUpload(int status) => new() { Method = "POST", Path = "/api/v2/experiments/101/uploads", Status = status };

    private async Task RestartAsync(FakeElabFtwOptions options, params (string Name, object Value)[] values)
    {
        await _bed!.DisposeAsync();
        _bed = await ElabFtwBed.StartAsync(options, values);
    }
}
