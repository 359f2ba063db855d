using NexusExport.Publishing;
using NexusExport.Routing;
using NexusExport.Store;
using NexusExport.Store.Sqlite;

namespace NexusExport.Tests.Publishing;

public sealed class ExportBatchTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_ARecordAndTwoDestinations_TellsTwoResultsAndThenTheVerdict()
    {
        await using var harness = await BatchHarness.CreateAsync(_folder, [new("cdcs", 100), new("local", 80)]);

        var events = await harness.RunAsync([harness.Record("31")], harness.Plan());

        Assert.Equal("cdcs local", string.Join(' ', events.OfType<ResultReady>().Select(ready => ready.Result.DestinationName)));
        Assert.All(events.OfType<ResultReady>(), ready => Assert.Equal(ExportStatus.Exported, ready.Result.Status));
        Assert.True(Assert.IsType<RecordFinished>(events[^1]).Success);
        Assert.Equal(2, (await LogAsync(harness)).Count(entry => entry.Success));
    }

    [Fact]
    public async Task RunAsync_ALaterDestination_SeesTheResultsBeforeIt()
    {
        var later = new ScriptedDestination("labarchives", 90);
        await using var harness = await BatchHarness.CreateAsync(_folder, [new("cdcs", 100), later]);

        await harness.RunAsync([harness.Record("31")], harness.Plan());

        Assert.Equal("cdcs-31", Assert.Single(later.Uploads).GetResult("CDCS")?.RecordId);
        Assert.True(Assert.Single(later.Uploads).HasSuccessfulExport("cdcs"));
    }

    [Fact]
    public async Task RunAsync_Twice_SendsNothingTheSecondTime()
    {
        var destination = new ScriptedDestination("cdcs");
        await using var harness = await BatchHarness.CreateAsync(_folder, [destination]);
        var record = harness.Record("31");
        await harness.RunAsync([record], harness.Plan());

        var events = await harness.RunAsync([record], harness.Plan());

        var result = Assert.Single(events.OfType<ResultReady>()).Result;
        Assert.Equal(ExportStatus.AlreadyExported, result.Status);
        Assert.Equal("cdcs-31", result.RecordId);
        Assert.Single(destination.Uploads);
        Assert.Single(await LogAsync(harness));
    }

    [Fact]
    public async Task RunAsync_Forced_SendsAgain()
    {
        var destination = new ScriptedDestination("cdcs");
        await using var harness = await BatchHarness.CreateAsync(_folder, [destination]);
        var record = harness.Record("31");
        await harness.RunAsync([record], harness.Plan());

        await harness.RunAsync([record], harness.Plan(force: true));

        Assert.Equal(2, destination.Uploads.Count);
    }

    [Fact]
    public async Task RunAsync_ChangedContent_IsSentAgain()
    {
        var destination = new ScriptedDestination("cdcs");
        await using var harness = await BatchHarness.CreateAsync(_folder, [destination]);
        await harness.RunAsync([harness.Record("31")], harness.Plan());

        var events = await harness.RunAsync([harness.Record("31", "<sample/>")], harness.Plan());

        Assert.Equal(ExportStatus.Exported, Assert.Single(events.OfType<ResultReady>()).Result.Status);
    }

    [Fact]
    public async Task RunAsync_OneDestinationDown_TheReRunExportsJustWhatIsMissing()
    {
        var cdcs = new ScriptedDestination("cdcs", 100) { OnUpload = (_, _) => throw new ExportException(ExportErrorCode.ConnectionFailed, "Down.") };
        var local = new ScriptedDestination("local", 80);
        await using var harness = await BatchHarness.CreateAsync(_folder, [cdcs, local]);
        var record = harness.Record("31");
        var first = await harness.RunAsync([record], harness.Plan(ExportStrategy.All));
        cdcs.OnUpload = null;
        harness.StartNextRun();

        var second = await harness.RunAsync([record], harness.Plan(ExportStrategy.All));

        Assert.Equal(ExportErrorCode.StrategyFailed, Assert.IsType<RecordFinished>(first[^1]).Fault?.Code);
        Assert.Equal([ExportStatus.Exported, ExportStatus.AlreadyExported], second.OfType<ResultReady>().Select(ready => ready.Result.Status));
        Assert.Single(local.Uploads);
        Assert.True(Assert.IsType<RecordFinished>(second[^1]).Success);
    }

    [Fact]
    public async Task RunAsync_BestEffortWithOneFailure_SucceedsWithAWarning()
    {
        var cdcs = new ScriptedDestination("cdcs", 100) { OnUpload = (_, _) => throw new InvalidOperationException("A bad plugin.") };
        await using var harness = await BatchHarness.CreateAsync(_folder, [cdcs, new("local", 80)]);

        var events = await harness.RunAsync([harness.Record("31")], harness.Plan());

        var finished = Assert.IsType<RecordFinished>(events[^1]);
        Assert.True(finished.Success);
        Assert.Contains(ExportErrorCode.UnexpectedFailure, Assert.Single(finished.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FirstSuccess_EndsWithTheFirstOneThatHasIt()
    {
        var (down, first, second) = (new ScriptedDestination("cdcs", 100), new ScriptedDestination("local", 80), new ScriptedDestination("share", 60));
        down.OnUpload = (_, _) => throw new ExportException(ExportErrorCode.RequestRejected, "No.");
        await using var harness = await BatchHarness.CreateAsync(_folder, [down, first, second]);

        var events = await harness.RunAsync([harness.Record("31"), harness.Record("32")], harness.Plan(ExportStrategy.FirstSuccess));

        Assert.Equal((2, 2, 0), (down.Uploads.Count, first.Uploads.Count, second.Uploads.Count));
        Assert.DoesNotContain(events.OfType<ResultReady>(), ready => ready.Result.DestinationName == "share");
        Assert.All(events.OfType<RecordFinished>(), finished => Assert.True(finished.Success));
    }

    [Fact]
    public async Task RunAsync_AFailureThatNamesASecret_IsToldAndWrittenDownWithoutIt()
    {
        const string Secret = "t0p/secret+value";
        var token = new SecretText(Secret);
        Assert.Equal(Secret, token.Reveal());
        var cdcs = new ScriptedDestination("cdcs")
        {
            OnUpload = (_, _) => throw new ExportException(ExportErrorCode.RequestRejected, $"No to {Secret} and {Uri.EscapeDataString(Secret)}."),
        };
        await using var harness = await BatchHarness.CreateAsync(_folder, [cdcs], settings => settings with
        {
            Destinations =
            [
                .. settings.Destinations.Select(destination => destination with
                {
                    Values = new Dictionary<string, object>(StringComparer.Ordinal) { ["token"] = token },
                }),
            ],
        });

        var events = await harness.RunAsync([harness.Record("31")], harness.Plan());

        Assert.Equal("No to *** and ***.", Assert.Single(events.OfType<ResultReady>()).Result.ErrorMessage);
        Assert.DoesNotContain(Secret, Assert.IsType<RecordFinished>(events[^1]).Fault!.Message, StringComparison.Ordinal);
        var logged = new List<UploadLogEntry>();
        await foreach (var entry in harness.Store.Log.ReadAsync(new UploadLogQuery(), CancellationToken.None))
        {
            logged.Add(entry);
        }

        Assert.Equal("No to *** and ***.", Assert.Single(logged).ErrorMessage);
    }

    [Fact]
    public async Task RunAsync_FirstSuccessAfterALowerOneHasIt_AsksNobody()
    {
        var cdcs = new ScriptedDestination("cdcs", 100) { OnUpload = (_, _) => throw new ExportException(ExportErrorCode.ConnectionFailed, "Down.") };
        await using var harness = await BatchHarness.CreateAsync(_folder, [cdcs, new("local", 80)]);
        var record = harness.Record("31");
        await harness.RunAsync([record], harness.Plan(ExportStrategy.FirstSuccess));

        var events = await harness.RunAsync([record], harness.Plan(ExportStrategy.FirstSuccess));

        Assert.Equal("local", Assert.Single(events.OfType<ResultReady>()).Result.DestinationName);
        Assert.Single(cdcs.Uploads);
    }

    [Fact]
    public async Task RunAsync_MalformedRecord_IsRefusedEverywhereAndSentNowhere()
    {
        var destination = new ScriptedDestination("cdcs");
        await using var harness = await BatchHarness.CreateAsync(_folder, [destination, new("local", 10)]);

        var events = await harness.RunAsync([harness.Record("31", "<sample>"), harness.Record("32")], harness.Plan());

        Assert.Equal(2, events.OfType<ResultReady>().Count(ready => ready.Result.ErrorCode == ExportErrorCode.NotWellFormed));
        Assert.Equal("32", Assert.Single(destination.Uploads).Document.SessionIdentifier);
        Assert.Equal(2, (await LogAsync(harness)).Count(entry => !entry.Success));
    }

    [Fact]
    public async Task RunAsync_FaultyDestination_FailsWithoutAnAttemptAndIsLogged()
    {
        var destination = new ScriptedDestination("cdcs", 100);
        var fault = new ExportFault(ExportErrorCode.SecretUnavailable, "NX_TOKEN is not set.");
        await using var harness = await BatchHarness.CreateAsync(_folder, [destination, new("local", 80)], settings => settings with
        {
            Destinations = [settings.Destinations[0] with { Faults = [fault] }, settings.Destinations[1]],
        });
        var record = harness.Record("31");
        await SimulateKilledRunAsync(harness, record, "cdcs");

        var events = await harness.RunAsync([record], harness.Plan(ExportStrategy.All));

        var result = events.OfType<ResultReady>().First().Result;
        Assert.Equal((ExportStatus.Failed, fault.Code, fault.Message, 0), (result.Status, result.ErrorCode, result.ErrorMessage, result.Attempts));
        Assert.False(Assert.IsType<RecordFinished>(events[^1]).Success);
        Assert.Equal(2, (await LogAsync(harness)).Count);

        // The job of the run that was killed stays unknown, for the day the destination can be asked.
        var claim = await harness.Store.Jobs.ClaimAsync(RequestOf(record, "cdcs"), CancellationToken.None);
        Assert.Equal(JobClaimKind.GrantedFindFirst, claim.Kind);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 2)]
    public async Task RunAsync_ThrottleLimit_OneMeansStrictlyOneRecordAfterTheOther(int limit, int atOnce)
    {
        var (running, most, overlapped) = (0, 0, new TaskCompletionSource());
        var destinations = (string[])["cdcs", "local"];
        await using var harness = await BatchHarness.CreateAsync(
            _folder,
            [.. destinations.Select(name => new ScriptedDestination(name)
            {
                OnUpload = async (context, token) =>
                {
                    most = Math.Max(most, Interlocked.Increment(ref running));
                    if (most >= atOnce && atOnce > 1)
                    {
                        overlapped.TrySetResult();
                    }

                    if (atOnce > 1)
                    {
                        await overlapped.Task.WaitAsync(token);
                    }

                    await Task.Yield();
                    Interlocked.Decrement(ref running);
                    return new() { RecordId = $"{name}-{context.Document.SessionIdentifier}" };
                },
            })],
            settings => settings with { ThrottleLimit = limit });

        var events = await harness.RunAsync(Enumerable.Range(0, 12).Select(number => harness.Record($"{number}")), harness.Plan(ExportStrategy.All));

        Assert.Equal(12, events.OfType<RecordFinished>().Count(finished => finished.Success));
        Assert.True(atOnce == 1 ? most == 1 : most >= atOnce, $"{most} at once");

        // With a limit of one the results of a record stand together, its verdict behind them.
        var order = events.Select(
            happened => happened is ResultReady ready ? ready.Result.SessionIdentifier : ((RecordFinished)happened).Record.SessionIdentifier);
        Assert.True(limit > 1 || order.Chunk(3).All(three => three.Distinct(StringComparer.Ordinal).Count() == 1));
    }

    [Fact]
    public async Task RunAsync_PartThatTheSchemaDoesNotDescribe_IsANoticeAndStopsNothing()
    {
        var schema = _folder.Write(
            "lax.xsd",
            """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="https://data.nist.gov/od/dm/nexus/experiment/v1.0">
              <xs:element name="Experiment"><xs:complexType><xs:sequence>
                <xs:any processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
              </xs:sequence></xs:complexType></xs:element>
            </xs:schema>
            """);
        await using var harness = await BatchHarness.CreateAsync(_folder, [new("cdcs")], settings => settings with { SchemaPath = schema });

        var events = await harness.RunAsync([harness.Record("31", "<own xmlns=''>1</own>")], harness.Plan());

        var finished = Assert.Single(events.OfType<RecordFinished>());
        Assert.True(finished.Success);
        Assert.NotEmpty(finished.Notices);
        Assert.All(finished.Notices, notice => Assert.Equal(ExportErrorCode.SchemaInvalid, notice.Code));
        Assert.Contains("Nothing has to be done", finished.Notices[0].RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t")]
    public async Task RunAsync_RecordWithoutASessionIdentifier_IsSentNowhereAndFails(string? identifier)
    {
        var destination = new ScriptedDestination("cdcs");
        await using var harness = await BatchHarness.CreateAsync(
            _folder,
            [destination, new("local", 10)],
            settings => settings with { RecordsPath = _folder["records"], UploadedPath = _folder[Path.Combine("records", "uploaded")] });
        var unnamed = harness.Record("31") with { SessionIdentifier = identifier! };

        for (var run = 0; run < 2; run++)
        {
            var events = await harness.RunAsync([unnamed, unnamed with { Path = null, Content = "<a/>" }, harness.Record("32")], harness.Plan(force: run > 0));

            Assert.Equal(4, events.OfType<ResultReady>().Count(ready => ready.Result.ErrorCode == ExportErrorCode.NotARecord));
            var failed = events.OfType<RecordFinished>().Where(finished => !finished.Success).ToList();
            Assert.Equal(2, failed.Count);
            Assert.All(failed, finished => Assert.Equal(ExportErrorCode.NotARecord, finished.Fault?.Code));
        }

        Assert.All(destination.Uploads, upload => Assert.Equal("32", upload.Document.SessionIdentifier));
        Assert.True(File.Exists(unnamed.Path));
        Assert.All(await LogAsync(harness), entry => Assert.Equal("32", entry.SessionIdentifier));
    }

    [Fact]
    public async Task RunAsync_SucceededFileInTheRecordsFolder_MovesToUploaded()
    {
        await using var harness = await BatchHarness.CreateAsync(
            _folder,
            [new("cdcs")],
            settings => settings with { RecordsPath = _folder["records"], UploadedPath = _folder[Path.Combine("records", "uploaded")] });
        var record = harness.Record("31");
        var named = harness.Record("32", folder: "elsewhere");

        var events = await harness.RunAsync([record, named], harness.Plan());

        var moved = events.OfType<RecordFinished>().Single(finished => finished.MovedTo is not null);
        Assert.Equal(Path.Combine(_folder.Path, "records", "uploaded", "2026-01-23_FEI-Titan-TEM_31.xml"), moved.MovedTo);
        Assert.False(File.Exists(record.Path));
        Assert.True(File.Exists(named.Path));
    }

    [Fact]
    public async Task RunAsync_AJobWhoseRunWasKilledAfterTheUpload_IsFoundAndNotSentAgain()
    {
        var destination = new ScriptedDestination("cdcs");
        await using var harness = await BatchHarness.CreateAsync(_folder, [destination]);
        var record = harness.Record("31");
        await SimulateKilledRunAsync(harness, record, "cdcs");
        destination.Stored["31"] = record.ContentHash!;

        var events = await harness.RunAsync([record], harness.Plan());

        Assert.Equal(ExportStatus.AlreadyExported, Assert.Single(events.OfType<ResultReady>()).Result.Status);
        Assert.Empty(destination.Uploads);
        Assert.True(Assert.Single(await LogAsync(harness)).Success);
    }

    [Fact]
    public async Task RunAsync_AJobWhoseRunWasKilledBeforeTheUpload_IsSent()
    {
        var destination = new ScriptedDestination("cdcs");
        await using var harness = await BatchHarness.CreateAsync(_folder, [destination]);
        var record = harness.Record("31");
        await SimulateKilledRunAsync(harness, record, "cdcs");

        var events = await harness.RunAsync([record], harness.Plan());

        Assert.Equal(ExportStatus.Exported, Assert.Single(events.OfType<ResultReady>()).Result.Status);
        Assert.Equal(1, destination.Finds);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_AfterAnUploadThatMadeAPart_TheNextRunCompletesThatPart(bool canFind)
    {
        var part = new DestinationReceipt { RecordId = "part", IsComplete = false };
        var destination = new ScriptedDestination("cdcs")
        {
            Capabilities = new(canFind, CanFetch: false, CanUndo: false, DestinationRisk.Low),
            OnUpload = async (context, token) =>
            {
                await context.ReportProgressAsync(part, token);
                throw new ExportException(ExportErrorCode.ConnectionFailed, "gone");
            },
        };
        await using var harness = await BatchHarness.CreateAsync(_folder, [destination]);
        var record = harness.Record("31");
        await harness.RunAsync([record], harness.Plan());
        harness.StartNextRun();
        destination.OnUpload = null;
        destination.OnFind = context => context.Existing?.RecordId == "part" ? part : null;

        var events = await harness.RunAsync([record], harness.Plan());

        Assert.Equal(ExportStatus.Exported, Assert.Single(events.OfType<ResultReady>()).Result.Status);
        var existing = destination.Uploads.Last().Existing;
        Assert.Equal(("part", false), (existing?.RecordId, existing?.IsComplete));
    }

    [Fact]
    public async Task RunAsync_StoppedInTheMiddle_WritesDownTheAttemptAndTheNextRunLooksFirst()
    {
        using var stop = new CancellationTokenSource();
        var destination = new ScriptedDestination("cdcs");
        destination.OnUpload = async (context, token) =>
        {
            destination.Store(context);
            await stop.CancelAsync();
            token.ThrowIfCancellationRequested();
            throw new InvalidOperationException("Unreachable.");
        };
        await using var harness = await BatchHarness.CreateAsync(_folder, [destination]);
        var record = harness.Record("31");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => harness.RunAsync([record], harness.Plan(), stop.Token));
        Assert.False(Assert.Single(await LogAsync(harness)).Success);
        harness.StartNextRun();
        var events = await harness.RunAsync([record], harness.Plan());

        Assert.Equal(ExportStatus.AlreadyExported, Assert.Single(events.OfType<ResultReady>()).Result.Status);
        Assert.Single(destination.Uploads);
    }

    [Fact]
    public async Task RunAsync_ManyRecords_PullsNoMoreThanItWorksOn()
    {
        var gate = new TaskCompletionSource();
        var destination = new ScriptedDestination("cdcs");
        destination.OnUpload = async (context, _) =>
        {
            await gate.Task;
            return destination.Store(context);
        };
        await using var harness = await BatchHarness.CreateAsync(_folder, [destination]);
        var pulled = 0;
        async IAsyncEnumerable<ExportItem> Source()
        {
            for (var session = 0; session < 100; session++)
            {
                pulled++;
                if (pulled == 32)
                {
                    // Four are being sent and twenty-eight more prepared: more are not asked for before one is done.
                    gate.TrySetResult();
                }

                Assert.InRange(pulled - destination.Stored.Count, 0, 33);
                yield return new ExportItem(harness.Record($"{session}"));
                await Task.Yield();
            }
        }

        var finished = 0;
        await foreach (var happened in harness.Batch().RunAsync(Source(), harness.Plan(), CancellationToken.None))
        {
            finished += happened is RecordFinished { Success: true } ? 1 : 0;
        }

        Assert.Equal(100, finished);
    }

    [Fact]
    public async Task RunAsync_AbandonedEnumeration_StopsTheWork()
    {
        var destination = new ScriptedDestination("cdcs");
        await using var harness = await BatchHarness.CreateAsync(_folder, [destination]);
        var records = Enumerable.Range(0, 200).Select(session => harness.Record($"{session}"));

        await foreach (var _ in harness.Batch().RunAsync(BatchHarness.Items(records), harness.Plan(), CancellationToken.None))
        {
            break;
        }

        Assert.InRange(destination.Uploads.Count, 1, 40);
    }

    [Fact]
    public async Task RunAsync_TheSourceFails_TheFailureReachesTheReader()
    {
        await using var harness = await BatchHarness.CreateAsync(_folder, [new("cdcs")]);
        async IAsyncEnumerable<ExportItem> Source()
        {
            yield return new ExportItem(harness.Record("31"));
            await Task.Yield();
            throw new IOException("The folder is gone.");
        }

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (var _ in harness.Batch().RunAsync(Source(), harness.Plan(), CancellationToken.None))
            {
                // Only the end is of interest.
            }
        });
    }

    private static async Task SimulateKilledRunAsync(BatchHarness harness, LabRecord record, string destination)
    {
        // A second store on the same file stands for the process that is killed: it claims, and ends without a word.
        var killed = await SqliteExportStore.OpenAsync(new StoreOptions(harness.Folder["nexus-export.db"]), CancellationToken.None);
        var claim = await killed.Jobs.ClaimAsync(RequestOf(record, destination), CancellationToken.None);
        Assert.Equal(JobClaimKind.Granted, claim.Kind);
        await killed.DisposeAsync();
    }

    private static JobRequest RequestOf(LabRecord record, string destination) => new()
    {
        DestinationName = destination,
        SessionIdentifier = record.SessionIdentifier,
        ContentHash = record.ContentHash!,
        FileName = Path.GetFileName(record.Path!),
        BatchId = "killed",
        UserId = "lab",
    };

    private static async Task<List<UploadLogEntry>> LogAsync(BatchHarness harness)
    {
        var entries = new List<UploadLogEntry>();
        await foreach (var entry in harness.Store.Log.ReadAsync(new UploadLogQuery(), CancellationToken.None))
        {
            entries.Add(entry);
        }

        return entries;
    }
}
