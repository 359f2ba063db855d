using System.Globalization;
using System.Text;
using System.Text.Json;
using NexusExport.Fakes;
using NexusExport.Fakes.ElabFtw;

namespace NexusExport.Tests.Destinations.ElabFtw;

/// <summary>What surprised those who recorded a real eLabFTW, and why none of it meets a record: by a test here or the reason beside it.</summary>
public sealed class ElabFtwSurprisesTests : IAsyncLifetime
{
    private ElabFtwBed? _bed;

    private IExportDestination Destination => _bed!.Destination;

    private FakeElabFtw Server => _bed!.Server;

    public async Task InitializeAsync() => _bed = await ElabFtwBed.StartAsync();

    public async Task DisposeAsync() => await _bed!.DisposeAsync();

    // The type of a body must be application/json and nothing behind it. GET and DELETE have no body, and no POST of ours goes without one.
    [Fact]
    public async Task Requests_WithJson_NameItsTypeAndNothingBehindIt()
    {
        await RestartAsync(new() { NewTagsForbidden = true, TeamTags = ["NexusLIMS"] });
        var context = Context(user: "ned", from: new(2026, 1, 12, 9, 0, 0, TimeSpan.Zero));
        var fault = await FaultAsync(context);
        await using var changed = _bed!.Create(new(), null, ("tags", "NexusLIMS"));
        await changed.UploadAsync(context with { Existing = fault.Partial }, default);

        Assert.Equal(
            ["POST application/json", "PATCH application/json"],
            Server.RequestLog.Where(request => request.BodyLength > 0 && !request.Path.EndsWith("/uploads", StringComparison.Ordinal))
                .Select(request => $"{request.Method} {request.ContentType}").Distinct(StringComparer.Ordinal));
    }

    // An object where an entry is made; no request of ours patches metadata.
    [Fact]
    public async Task Metadata_IsSentAsAnObjectAndFoundAgain()
    {
        await Destination.UploadAsync(Context(), default);

        using var sent = JsonDocument.Parse(Server.RequestLog[0].Body);
        Assert.Equal(JsonValueKind.Object, sent.RootElement.GetProperty("metadata").ValueKind);
        Assert.All(
            Server.RequestLog.Where(request => request.Method == "PATCH"),
            request => Assert.DoesNotContain("metadata", Encoding.UTF8.GetString(request.Body.Span), StringComparison.Ordinal));
        Assert.NotNull(await Destination.FindAsync(Context(), default));
    }

    // A create that is refused for its tags has made the entry: more in ElabFtwDestinationTests. Our PATCH has one field, so that none is half done.
    [Theory]
    [InlineData("NexusLIMS, new one", false)]
    [InlineData("NexusLIMS", true)]
    public async Task Create_RefusedForItsTags_IsNotMadeTwiceHoweverOftenItRuns(string tags, bool completed)
    {
        await RestartAsync(new() { NewTagsForbidden = true, TeamTags = ["NexusLIMS"] }, ("tags", "NexusLIMS, new one"));
        var fault = await FaultAsync(Context());

        await using var again = _bed!.Create(new(), null, ("tags", tags));
        var second = await Record.ExceptionAsync(() => again.UploadAsync(Context() with { Existing = fault.Partial }, default));
        var third = await Record.ExceptionAsync(() => again.UploadAsync(Context() with { Existing = fault.Partial }, default));

        Assert.Equal((completed, completed), (second is null, third is null));
        Assert.Single(Server.Entries);
    }

    [Theory]
    [InlineData("{user}", "|")]
    [InlineData("{user}", "\\")]
    [InlineData("{user}", " | ")]
    [InlineData(" , ,{instrument},", null)]
    public async Task Tags_ThatWouldBeEmptyThere_AreLeftOut(string tags, string? user)
    {
        await RestartAsync(new(), ("tags", tags));

        await Destination.UploadAsync(Context(user: user), default);

        Assert.Empty(Assert.Single(Server.Entries).Tags);
    }

    [Fact]
    public async Task Tags_OfAnyText_AreTheOnesThatAreKeptThere()
    {
        await RestartAsync(new(), ("tags", "{user}"));
        var user = @"DOMAIN\ned|land" + new string('x', 300);

        await Destination.UploadAsync(Context(user: user), default);
        await Destination.UploadAsync(Context(user: user) with { Existing = await Destination.FindAsync(Context(user: user), default) }, default);

        Assert.Equal("DOMAINned land" + new string('x', 241), Assert.Single(Assert.Single(Server.Entries).Tags));
        Assert.DoesNotContain(Server.RequestLog, request => request.Path.EndsWith("/tags", StringComparison.Ordinal));
    }

    // Of what is sent with a template only the title is used: none is sent, and a team that demands one is told of (ElabFtwDestinationTests).
    [Fact]
    public async Task Create_OfAnEntry_NamesNoTemplate()
    {
        await Destination.UploadAsync(Context(), default);

        using var sent = JsonDocument.Parse(Server.RequestLog[0].Body);
        Assert.False(sent.RootElement.TryGetProperty("template", out _));
    }

    // Deleted entries go on answering, taking files and being found by state=3.
    [Fact]
    public async Task Entry_DeletedWhileTheFileIsOnItsWay_IsNoSuccess()
    {
        Server.OnRequest = request =>
        {
            if (request.Path.EndsWith("/uploads", StringComparison.Ordinal))
            {
                Server.Entries[0].State = 3;
            }
        };

        var fault = await FaultAsync(Context(from: new(2026, 1, 12, 9, 0, 0, TimeSpan.Zero)));
        Server.OnRequest = null;
        var receipt = await Destination.UploadAsync(Context() with { Existing = fault.Partial }, default);

        Assert.Equal(ExportErrorCode.ResourceNotFound, fault.Code);
        Assert.NotEqual(fault.Partial?.RecordId, receipt.RecordId);
        Assert.Single(_bed!.Stored());
    }

    [Fact]
    public async Task Undo_Twice_IsFineAndLooksAtNoOtherEntry()
    {
        var first = await Destination.UploadAsync(Context(), default);
        await Destination.UploadAsync(TestExports.Context("other.xml", "other"), default);

        await Destination.UndoAsync(first, default);
        await Destination.UndoAsync(first, default);

        Assert.Equal([3, 1], Server.Entries.Select(entry => entry.State));
        Assert.Null(await Destination.FindAsync(Context(), default));
    }

    // What is no number is answered with a list of others.
    [Theory]
    [InlineData("0")]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("1/../101")]
    public async Task Entry_WhoseNumberIsNone_IsNeitherResumedNorUndone(string id)
    {
        await Destination.UploadAsync(TestExports.Context("other.xml", "other"), default);

        var receipt = await Destination.UploadAsync(Context() with { Existing = new() { RecordId = id, IsComplete = false } }, default);
        var refusal = await Assert.ThrowsAsync<ExportException>(() => Destination.UndoAsync(new() { RecordId = id }, default));

        Assert.Equal("102", receipt.RecordId);
        Assert.Equal(ExportErrorCode.NotSupported, refusal.Fault.Code);
        Assert.All(Server.Entries, entry => Assert.Equal(1, entry.State));
    }

    // The search means a part, any case and wildcards; entries without metadata come of plain words, which we never ask.
    [Fact]
    public async Task Find_OfWhatTheSearchTakesForTheSame_ComparesTheValue()
    {
        await Destination.UploadAsync(TestExports.Context("A_B%C.xml", "1"), default);
        await Destination.UploadAsync(TestExports.Context("a_b%c.xml", "2"), default);
        await Destination.UploadAsync(TestExports.Context("a\\b.xml", "3"), default);
        await Destination.UploadAsync(TestExports.Context("axb.xml", "4"), default);

        Assert.Contains("1 &amp;", await FetchAsync("A_B%C.xml"), StringComparison.Ordinal);
        Assert.Contains("3 &amp;", await FetchAsync("a\\b.xml"), StringComparison.Ordinal);
        Assert.Contains("4 &amp;", await FetchAsync("axb.xml"), StringComparison.Ordinal);
        Assert.Null(await Destination.FetchExistingAsync("a_b", default));
        Assert.Null(await Destination.FetchExistingAsync("%", default));
        Assert.Null(await Destination.FetchExistingAsync("A\nB\"C\\", default));
    }

    // The code in the body is not that of the answer: a database's refusal comes as 500, and so does what passes.
    [Theory]
    [InlineData(1452, ExportErrorCode.RequestRejected, false)]
    [InlineData(1406, ExportErrorCode.RequestRejected, false)]
    [InlineData(3140, ExportErrorCode.RequestRejected, false)]
    [InlineData(1213, ExportErrorCode.ServerError, true)]
    [InlineData(1205, ExportErrorCode.ServerError, true)]
    [InlineData(1040, ExportErrorCode.ServerError, true)]
    [InlineData(500, ExportErrorCode.ServerError, true)]
    public async Task Upload_DatabaseRefuses_IsTriedAgainOnlyWhereThatMayHelp(int code, string expected, bool recoverable)
    {
        Server.Add(new FakeFault
        {
            Method = "POST",
            Status = 500,
            ContentType = "application/json",
            Body = JsonSerializer.Serialize(new { code, message = "what MySQL says", description = "why" }),
        });

        var fault = await FaultAsync(Context());

        Assert.Equal((expected, recoverable), (fault.Code, fault.Recoverable));
        Assert.Contains("what MySQL says", fault.Message, StringComparison.Ordinal);
    }

    // Numbers where text is wanted end in a 500 without a word, and ids as words in a category 0.
    [Fact]
    public async Task Create_OfAnEntry_SendsTextAsTextAndIdsAsNumbers()
    {
        await RestartAsync(new(), ("category", "4"), ("status", "Success"));

        await Destination.UploadAsync(Context(), default);

        using var sent = JsonDocument.Parse(Server.RequestLog.Single(request => request.Path == "/api/v2/experiments").Body);
        Assert.Equal(
            "title String, body String, content_type Number, tags Array, category Number, status Number, metadata Object",
            string.Join(", ", sent.RootElement.EnumerateObject().Select(field => $"{field.Name} {field.Value.ValueKind}")));
    }

    // A limit out of range is 15: those of ours are 50 and at most 100, and a page that is shorter than asked for is no end (ElabFtwListingTests).
    // Unknown categories and statuses are asked for before an entry is made, by id as by name (ElabFtwDestinationTests).
    // That a key may only read shows in its list alone (ElabFtwConnectionTests). HEAD is never sent.
    [Theory]
    [InlineData("read-only")]
    [InlineData("forbidden")]
    [InlineData("template")]
    [InlineData("wrong")]
    [InlineData("category")]
    [InlineData("address")]
    public async Task Refusal_OfTheAccountOrThePlace_ConcernsEveryRecord(string what)
    {
        await RestartAsync(
            new() { ReadOnlyKey = what == "read-only", EntriesForbidden = what == "forbidden", TemplateDemanded = what == "template" },
            what switch
            {
                "wrong" => [("api_key", new SecretText("9-ffff"))],
                "category" => [("category", "No such")],
                "address" => [("url", "/elsewhere")],
                _ => [],
            });

        var fault = await FaultAsync(Context());

        Assert.True(fault.ConcernsEveryRecord);
        Assert.False(fault.Recoverable);
        Assert.Empty(Server.Entries);
    }

    // One that an admin locked is found, and takes no file: what concerns one entry concerns no other.
    [Fact]
    public async Task Resume_OfAnEntryThatIsClosedToUs_MakesAnother()
    {
        Server.Add(new FakeFault { Method = "POST", Path = "/api/v2/experiments/101/uploads", Status = 400 });
        var fault = await FaultAsync(Context());
        Server.Entries[0].LockedBy = new(1, "Ad", "Min");

        var receipt = await Destination.UploadAsync(Context() with { Existing = fault.Partial }, default);

        Assert.Equal("102", receipt.RecordId);
        Assert.Single(_bed!.Stored());
    }

    [Fact]
    public async Task Resume_OfANumberThatIsAnotherServersEntry_MakesAnother()
    {
        var foreign = await Destination.UploadAsync(TestExports.Context("other.xml", "other"), default);

        var receipt = await Destination.UploadAsync(Context() with { Existing = foreign with { IsComplete = false } }, default);

        Assert.NotEqual(foreign.RecordId, receipt.RecordId);
        Assert.All(Server.Entries, entry => Assert.Single(entry.Uploads));
    }

    // The id is the end of Location, whatever host, path and tail stand round it.
    [Theory]
    [InlineData("https://elsewhere.example/api/v2/experiments/17?x=1#y", "17")]
    [InlineData("/api/v2/experiments2items/17/", "17")]
    [InlineData("https://elsewhere.example/api/v2/experiments/0", null)]
    [InlineData("https://elsewhere.example/api/v2/experiments/", null)]
    [InlineData("https://elsewhere.example/api/v2/experiments/17a", null)]
    [InlineData("//", null)]
    [InlineData(null, null)]
    public async Task Location_OfWhatWasMade_EndsInItsNumber(string? location, string? id)
    {
        Server.Add(new FakeFault { Method = "POST", Status = 201, ContentType = "text/html; charset=UTF-8", Location = location });
        string? noted = null;

        var fault = await FaultAsync(Context() with
        {
            ReportProgressAsync = (made, _) =>
            {
                noted = made.RecordId;
                return Task.CompletedTask;
            },
        });

        Assert.Equal(id, noted);
        Assert.Equal(id is null ? ExportErrorCode.UnexpectedResponse : ExportErrorCode.ResourceNotFound, fault.Code);
        Assert.True(id is not null || fault.MayHaveCommitted);
    }

    // Titles are trimmed, put on one line and cut to 255: what we tell is what is there, and nothing is found by it.
    [Theory]
    [InlineData(" 204\nsecond line ")]
    [InlineData("https://nemo.example/")]
    [InlineData("\t")]
    public async Task Title_OfAnyLength_IsTheOneThatIsKept(string session)
    {
        var context = Context().With(new LabRecord { SessionIdentifier = session + string.Concat(Enumerable.Repeat("😀", 130)) + session });

        var receipt = await Destination.UploadAsync(context, default);

        Assert.Equal(Assert.Single(Server.Entries).Title, receipt.Metadata["title"]);
        Assert.InRange(Server.Entries[0].Title.Length, 250, 255);
        Assert.NotNull(await Destination.FindAsync(context, default));
    }

    // The real name is what stands in filename, in UTF-8; filename* and encoded words are not read.
    [Theory]
    [InlineData("Größe µm – 1041.xml", "Größe µm – 1041.xml")]
    [InlineData("试样 😀.xml", "试样 😀.xml")]
    [InlineData("say \"x\".xml", "say %22x%22.xml")]
    [InlineData("a;b=c, d.xml", "a;b=c, d.xml")]
    public async Task Upload_NameBeyondAscii_IsKeptAsItIs(string name, string kept)
    {
        var context = TestExports.Context(name);

        await Destination.UploadAsync(context, default);

        Assert.Equal(kept, Assert.Single(Assert.Single(Server.Entries).Uploads).RealName);
        Assert.Equal(context.Document.Content.Bytes.ToArray(), (await Destination.FetchExistingAsync(name, default))?.ToArray());
        var body = Encoding.UTF8.GetString(Server.RequestLog[1].Body.Span);
        Assert.DoesNotContain("filename*", body, StringComparison.Ordinal);
        Assert.DoesNotContain("=?utf-8", body, StringComparison.OrdinalIgnoreCase);
    }

    // Nothing is unique, uploads least of all: the same file twice makes two, so that what is there is looked at before another is sent.
    // action=replace is not used. Unknown addresses are 400, unknown entries 404, another's private ones 403: ElabFtwRecordedAnswersTests.
    // There is no rate limit to meet.
    [Fact]
    public async Task Upload_AnswerLostOnTheWay_LeavesOneFile()
    {
        Server.Add(new FakeFault { Method = "POST", Path = "/api/v2/experiments/101/uploads", CommitFirst = true, Abort = true });
        var fault = await FaultAsync(Context());

        await Destination.UploadAsync(Context() with { Existing = fault.Partial }, default);

        Assert.Single(Assert.Single(Server.Entries).Uploads);
    }

    private static ExportContext Context(string? user = null, DateTimeOffset? from = null) =>
        TestExports.Context().With(new LabRecord { SessionIdentifier = "204", User = user, From = from });

    private async Task<string> FetchAsync(string name) => Encoding.UTF8.GetString((await Destination.FetchExistingAsync(name, default))!.Value.Span);

    private async Task<ExportFault> FaultAsync(ExportContext context) =>
        (await Assert.ThrowsAsync<ExportException>(() => Destination.UploadAsync(context, default))).Fault;

    private async Task RestartAsync(FakeElabFtwOptions options, params (string Name, object Value)[] values)
    {
        await _bed!.DisposeAsync();
        _bed = await ElabFtwBed.StartAsync(options, values);
    }
}
