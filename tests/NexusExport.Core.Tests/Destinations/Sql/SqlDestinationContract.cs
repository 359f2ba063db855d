using System.Text;
using System.Text.Json;
using NexusExport.Destinations;
using NexusExport.Destinations.Sql;
using NexusExport.Resilience;

namespace NexusExport.Tests.Destinations.Sql;

/// <summary>What a SQL destination promises beyond <see cref="DestinationContract"/>, against the real server.</summary>
public abstract class SqlDestinationContract(SqlServerFixture server) : DestinationContract
{
    private readonly string _table = $"t_{Guid.NewGuid():n}";
    private SqlDestination? _destination;

    protected override IExportDestination Destination => _destination!;

    protected SqlServerFixture Server => server;

    /// <summary>The table, as a statement spells it.</summary>
    protected string Table => $"{Schema}.{_table}";

    /// <summary>Type of the destination.</summary>
    protected abstract string TypeName { get; }

    /// <summary>What stands before the table.</summary>
    protected abstract string Schema { get; }

    /// <summary>Makes it the default one.</summary>
    protected abstract string EnterSchema { get; }

    /// <summary>The type that holds every record.</summary>
    protected abstract string LargeType { get; }

    public override async Task InitializeAsync()
    {
        _destination = Create();
        await _destination.CreateStorageAsync(default);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        server.Execute($"DROP TABLE IF EXISTS {Table}");
    }

    [Fact]
    public async Task Upload_TextOfAnyKind_ComesBackAsItWas()
    {
        var context = TestExports.Context("日本語 🔬.xml", "日本語 🔬 \\' \\\\ '' \" ; -- \r\n\t @id $1 {0} %s");

        await Destination.UploadAsync(context, default);

        var fetched = await Destination.FetchExistingAsync(context.Document.FileName, default);
        Assert.Equal(context.Document.Content.Text, Encoding.UTF8.GetString(fetched!.Value.Span));
        Assert.Equal(context.Document.Content.Bytes.ToArray(), Assert.Single(Stored()));
    }

    [Fact]
    public async Task Upload_Again_UpdatesTheRowAndKeepsWhenItWasMade()
    {
        var time = new FakeTimeProvider { AutoAdvance = false };
        await using var destination = Create(services: new DestinationServices { Time = time });
        await destination.UploadAsync(TestExports.Context(text: "one"), default);
        time.Advance(TimeSpan.FromHours(1));

        var receipt = await destination.UploadAsync(TestExports.Context(text: "two"), default);

        Assert.Equal(TestExports.Xml("two"), Assert.Single(Stored()));
        var row = Assert.Single(server.Rows($"SELECT id, {Shown("created_at")}, {Shown("updated_at")} FROM {Table}"));
        Assert.Equal((receipt.RecordId, "2026-01-23 12:00:00", "2026-01-23 13:00:00"), (row[0], row[1], row[2]));
    }

    [Fact]
    public async Task Upload_SameNameInAnotherSession_KeepsBoth()
    {
        var first = TestExports.Context(text: "one");
        var second = TestExports.Context(text: "two").With(new LabRecord { SessionIdentifier = "https://nemo.example/?id=31" });

        await Destination.UploadAsync(first, default);
        await Destination.UploadAsync(second, default);

        Assert.Equal(2, Stored().Count);
        Assert.NotNull(await Destination.FindAsync(first, default));
    }

    [Fact]
    public async Task Upload_OfOneRecordManyTimesAtOnce_MakesOneRow()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Resilient(Destination).UploadAsync(TestExports.Context(), default)));

        Assert.Single(Stored());
    }

    [Fact]
    public async Task Upload_OfARecord_TellsItsFactsAsJsonAndItsLocation()
    {
        var context = TestExports.Context(user: "Jürgen");
        context = context with
        {
            Document = context.Document with { Metadata = new Dictionary<string, object?>(StringComparer.Ordinal) { ["token_count"] = 3 } },
        };

        var receipt = await Destination.UploadAsync(context, default);

        using var facts = JsonDocument.Parse(Assert.Single(server.Rows($"SELECT metadata FROM {Table}"))[0]!);
        Assert.Equal("204", facts.RootElement.GetProperty("session_id").GetString());
        Assert.Equal("Jürgen", facts.RootElement.GetProperty("user").GetString());
        Assert.Equal(3, facts.RootElement.GetProperty("token_count").GetInt32());
        Assert.Equal(context.Document.Content.ContentHash, facts.RootElement.GetProperty("content_hash").GetString());
        Assert.False(facts.RootElement.TryGetProperty("title", out _));
        Assert.Equal($"{TypeName}://lab/{_table}/{receipt.RecordId}", receipt.RecordUrl);
        Assert.True(Guid.TryParse(receipt.RecordId, out _));
    }

    [Fact]
    public async Task Upload_TableWithNamesOfItsOwn_FillsThoseColumns()
    {
        server.Execute($"DROP TABLE {Table}");
        await using var destination = Create(
            ("table", Table), ("column_id", "order"), ("column_filename", "group"), ("column_content", "Select$1"),
            ("column_metadata", ""), ("column_created_at", ""), ("column_updated_at", ""));
        Assert.Empty(destination.ValidateConfiguration());
        await destination.CreateStorageAsync(default);

        await destination.UploadAsync(TestExports.Context(), default);

        Assert.NotNull(await destination.FindAsync(TestExports.Context(), default));
        Assert.Contains("delete", (await destination.TestConnectionAsync(default)).Permissions, StringComparer.Ordinal);
    }

    [Fact]
    public async Task TestConnection_OfAGoodOne_TellsVersionAndPermissions()
    {
        var report = await Destination.TestConnectionAsync(default);

        Assert.Equal(["read", "write", "delete"], report.Permissions);
        Assert.Matches(@"^\d+\.", report.ServerVersion);
        Assert.Contains("tls: verify", report.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateStorage_TableMissing_MakesTheOneThatTheTestAskedFor()
    {
        server.Execute($"DROP TABLE {Table}");
        var fault = await FaultAsync(() => Destination.TestConnectionAsync(default));
        Assert.Equal(ExportErrorCode.ResourceNotFound, fault.Code);
        Assert.Contains(_table, fault.Message, StringComparison.Ordinal);
        Assert.Contains("CREATE TABLE", fault.RecommendedAction, StringComparison.Ordinal);

        var made = await _destination!.CreateStorageAsync(default);
        var again = await _destination.CreateStorageAsync(default);

        Assert.Contains("Made", made, StringComparison.Ordinal);
        Assert.Contains("there already", again, StringComparison.Ordinal);
        await Destination.UploadAsync(TestExports.Context(), default);
    }

    [Fact]
    public async Task Upload_ColumnMissing_NamesItAndTheFix()
    {
        server.Execute($"ALTER TABLE {Table} DROP COLUMN metadata");

        foreach (var fault in new[] { await FaultOfUploadAsync(), await FaultAsync(() => Destination.TestConnectionAsync(default)) })
        {
            Assert.Equal(ExportErrorCode.ResourceNotFound, fault.Code);
            Assert.Contains("metadata", fault.Message, StringComparison.Ordinal);
            Assert.Contains("ADD COLUMN", fault.RecommendedAction, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Upload_ColumnLostDuringTheRun_NamesIt()
    {
        await Destination.UploadAsync(TestExports.Context(), default);
        server.Execute($"ALTER TABLE {Table} DROP COLUMN metadata");

        var fault = await FaultOfUploadAsync();

        Assert.Equal(ExportErrorCode.ResourceNotFound, fault.Code);
        Assert.Contains("metadata", fault.Message, StringComparison.Ordinal);
        Assert.False(fault.MayHaveCommitted);
    }

    [Fact]
    public async Task Upload_WithoutAUniqueKey_IsRefusedWithTheFix()
    {
        server.Execute($"DROP TABLE {Table}");
        server.Execute($"CREATE TABLE {Table} (id varchar(36), filename varchar(99), content text, metadata text, created_at timestamp NULL, updated_at timestamp NULL)");

        foreach (var fault in new[] { await FaultOfUploadAsync(), await FaultAsync(() => Destination.TestConnectionAsync(default)) })
        {
            Assert.Equal(ExportErrorCode.ResourceNotFound, fault.Code);
            Assert.Contains("unique key", fault.Message, StringComparison.Ordinal);
            Assert.Contains("ADD UNIQUE", fault.RecommendedAction, StringComparison.Ordinal);
        }

        server.Execute(EnterSchema + (await FaultOfUploadAsync()).RecommendedAction.Split("run: ")[1]);
        await using var next = Create();
        await next.UploadAsync(TestExports.Context(), default);
        Assert.Single(Stored());
    }

    [Fact]
    public async Task Upload_NameTakenUnderAnotherUniqueKey_LeavesTheOtherRow()
    {
        server.Execute($"ALTER TABLE {Table} ADD UNIQUE (filename)");
        await Destination.UploadAsync(TestExports.Context(text: "one"), default);

        var fault = await FaultOfUploadAsync(TestExports.Context(text: "two").With(new LabRecord { SessionIdentifier = "other" }));

        Assert.Equal(ExportErrorCode.RequestRejected, fault.Code);
        Assert.Equal(TestExports.Xml("one"), Assert.Single(Stored()));
    }

    [Fact]
    public async Task Upload_ColumnTooShort_NamesTheTypeToUse()
    {
        server.Execute($"DROP TABLE {Table}");
        server.Execute($"CREATE TABLE {Table} (id varchar(36) PRIMARY KEY, filename varchar(99), content varchar(200), metadata text, created_at timestamp NULL, updated_at timestamp NULL)");

        var fault = await FaultOfUploadAsync(TestExports.Context(text: TestExports.LongText(500)));

        Assert.Equal(ExportErrorCode.ContentTooLarge, fault.Code);
        Assert.Contains(LargeType, fault.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Stored());
        Assert.Contains(LargeType, (await Destination.TestConnectionAsync(default)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("password", "wrong-secret", ExportErrorCode.AuthExpired)]
    [InlineData("host", "127.0.0.9", ExportErrorCode.ConnectionFailed)]
    [InlineData("port", 1L, ExportErrorCode.ConnectionFailed)]
    public async Task Upload_NoConnection_SaysWhyAndKeepsTheSecret(string setting, object value, string code)
    {
        await using var destination = Create((setting, setting == "password" ? new SecretText((string)value) : value));

        var exception = await Assert.ThrowsAsync<ExportException>(() => destination.UploadAsync(TestExports.Context(), default));

        Assert.Equal(code, exception.Fault.Code);
        Assert.Equal(code == ExportErrorCode.ConnectionFailed, exception.Fault.Recoverable);
        Assert.False(exception.Fault.MayHaveCommitted);
        Assert.DoesNotContain("wrong-secret", exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(SqlServerFixture.Password, exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT, INSERT", "UPDATE")]
    [InlineData("SELECT, UPDATE", "INSERT")]
    public async Task Upload_PrivilegeMissing_SaysWhatToGrant(string granted, string missing)
    {
        await using var destination = CreateAs(Grant(granted));

        foreach (var fault in new[] { await FaultOfUploadAsync(on: destination), await FaultAsync(() => destination.TestConnectionAsync(default)) })
        {
            Assert.Equal(ExportErrorCode.PermissionDenied, fault.Code);
            Assert.False(fault.Recoverable);
            Assert.Contains($"{missing}", fault.RecommendedAction, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task TestConnection_MayNotDelete_SaysThatNothingCanBeUndone()
    {
        await using var destination = CreateAs(Grant("SELECT, INSERT, UPDATE"));

        var report = await destination.TestConnectionAsync(default);

        Assert.Equal(["read", "write"], report.Permissions);
        Assert.Contains("cannot be undone", report.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_ConnectionLostDuringTheCommit_MakesNoSecondRow()
    {
        await using var proxy = new CuttingProxy(server.Port);
        await using var destination = Create(("port", (long)proxy.Port), ("tls", "off"));
        await destination.TestConnectionAsync(default);
        proxy.CutNextCommit();

        var fault = await FaultOfUploadAsync(on: destination);

        Assert.Equal(ExportErrorCode.ConnectionFailed, fault.Code);
        Assert.True(fault.Recoverable);
        Assert.True(fault.MayHaveCommitted, fault.Message);
        Assert.Equal(1, proxy.Cuts);
        Assert.Single(Stored());
    }

    [Fact]
    public async Task Publish_ConnectionLostDuringTheCommit_FindsTheRow()
    {
        await using var proxy = new CuttingProxy(server.Port);
        await using var destination = Create(("port", (long)proxy.Port), ("tls", "off"));
        await destination.TestConnectionAsync(default);
        proxy.CutNextCommit();

        var outcome = await Resilient(destination).PublishAsync(TestExports.Context(), default);

        Assert.NotNull(outcome.Receipt?.RecordId);
        Assert.Equal((1, 1), (outcome.Attempts, proxy.Cuts));
        Assert.Single(Stored());
    }

    [Fact]
    public async Task Upload_RowIsLocked_EndsAtTheTimeout()
    {
        await Destination.UploadAsync(TestExports.Context(), default);
        await using var impatient = Create(timeout: TimeSpan.FromSeconds(1));
        using var locked = Lock();

        var fault = await FaultOfUploadAsync(TestExports.Context(text: "other"), impatient);

        Assert.Equal(ExportErrorCode.Timeout, fault.Code);
        Assert.True(fault.Recoverable);
        Assert.False(fault.MayHaveCommitted);
    }

    [Fact]
    public async Task Upload_CancelledWhileTheRowIsLocked_StopsAndChangesNothing()
    {
        await Destination.UploadAsync(TestExports.Context(), default);
        using var cancellation = new CancellationTokenSource();
        using (Lock())
        {
            var upload = Destination.UploadAsync(TestExports.Context(text: "other"), cancellation.Token);
            cancellation.CancelAfter(TimeSpan.FromMilliseconds(300));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload);
        }

        Assert.NotNull(await Destination.FindAsync(TestExports.Context(), default));
    }

    [Fact]
    public async Task Undo_OfARowThatSomebodyChanged_KeepsIt()
    {
        var receipt = await Destination.UploadAsync(TestExports.Context(), default);
        server.Execute($"UPDATE {Table} SET content = 'edited by hand'");

        var fault = await FaultAsync(() => Destination.UndoAsync(receipt, default));

        Assert.Equal(ExportErrorCode.IntegrityMismatch, fault.Code);
        Assert.Single(Stored());
    }

    [Fact]
    public async Task Upload_BytesThatAreNoText_IsRefused()
    {
        var context = TestExports.Context().With(new FormattedContent(new byte[] { 0x3C, 0xFF, 0x3E }));

        Assert.Equal(ExportErrorCode.NotWellFormed, (await FaultOfUploadAsync(context)).Code);
    }

    [Fact]
    public async Task Upload_OfManyRecords_OpensNoMoreConnectionsThanAllowed()
    {
        await using var destination = Create(services: new DestinationServices { ThrottleLimit = 2 });
        var gate = new Lock();
        var most = 0;

        await Parallel.ForEachAsync(Enumerable.Range(0, 24), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, token) =>
        {
            await destination.UploadAsync(TestExports.Context($"{number}.xml"), token);
            var open = Connections();
            lock (gate)
            {
                most = Math.Max(most, open);
            }
        });

        Assert.Equal(24, Stored().Count);

        // Two, and the one of the destination that made the table.
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task List_OfManyRows_KnowsWhatIsThereByContent()
    {
        await Destination.UploadAsync(TestExports.Context("a.xml", "one"), default);
        await Destination.UploadAsync(TestExports.Context("b.xml", "two"), default);
        Server.Execute($"INSERT INTO {Table} (id, filename, content) VALUES "
            + string.Join(", ", Enumerable.Range(0, 2500).Select(_ => $"('{Guid.NewGuid()}', 'other.xml', 'x')")));
        var budget = new ListingBudget(1000, 0);

        var listing = await ListAsync(budget);

        var found = listing!.Find(TestExports.Context("a.xml", "one")).Receipt;
        Assert.Equal((await Destination.FindAsync(TestExports.Context("a.xml", "one"), default))!.RecordUrl, found?.RecordUrl);
        Assert.Equal(ListedContent.Absent, listing.Find(TestExports.Context("b.xml", "one")));
        Assert.Equal(ListedContent.Absent, listing.Find(TestExports.Context("c.xml", "one")));
        Assert.Null(await ListAsync(budget with { LookUps = 600 }));
        Assert.Null(await ListAsync(budget with { LookUps = 1 }));
        Assert.NotNull(await ListAsync(budget with { LookUps = 626 }));
    }

    [Fact]
    public async Task EveryCall_RowWithoutContent_IsNotTroubledByIt()
    {
        var context = TestExports.Context();
        Server.Execute(AllowNoContent);
        var id = (await Destination.UploadAsync(context, default)).RecordId;
        Server.Execute($"UPDATE {Table} SET content = NULL, metadata = NULL, created_at = NULL, updated_at = NULL");

        Assert.Null(await Destination.FindAsync(context, default));
        Assert.Null(await Destination.FetchExistingAsync(context.Document.FileName, default));
        Assert.Equal(ListedContent.Absent, (await ListAsync(new(100, 0)))!.Find(context));
        await Destination.TestConnectionAsync(default);
        var receipt = await Destination.UploadAsync(context, default);

        Assert.Equal(id, receipt.RecordId);
        Assert.Single(Stored());
    }

    [Fact]
    public async Task TestConnection_OfAGoodOne_TriesARowAndLeavesNone()
    {
        await Destination.TestConnectionAsync(default);

        Assert.Equal("0", Server.Rows($"SELECT COUNT(*) FROM {Table}")[0][0]);
        Assert.True(Destination.Capabilities.Replaces);
    }

    [Fact]
    public async Task TestConnection_TriggerThatChangesTheText_SaysSo()
    {
        foreach (var statement in ChangingTrigger)
        {
            Server.Execute(statement);
        }

        var tested = await FaultAsync(() => Destination.TestConnectionAsync(default));
        var uploaded = await FaultOfUploadAsync();

        Assert.Equal((ExportErrorCode.IntegrityMismatch, ExportErrorCode.IntegrityMismatch), (tested.Code, uploaded.Code));
        Assert.Contains("trigger", tested.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Stored());
    }

    /// <summary>A time column as yyyy-MM-dd HH:mm:ss in UTC.</summary>
    protected abstract string Shown(string column);

    /// <summary>Lets rows have no content.</summary>
    protected abstract string AllowNoContent { get; }

    /// <summary>Makes a trigger that changes each content on its way in.</summary>
    protected abstract IEnumerable<string> ChangingTrigger { get; }

    /// <summary>Makes an account that may do this with the table, and gives its name.</summary>
    protected abstract string Grant(string privileges);

    /// <summary>Connections that the account of the tests has open.</summary>
    protected abstract int Connections();

    protected override IReadOnlyList<byte[]> Stored() =>
        [.. server.Rows($"SELECT content FROM {Table}").Select(row => Encoding.UTF8.GetBytes(row[0]!))];

    internal SqlDestination Create(params (string Name, object Value)[] values) => Create(null, null, values);

    internal SqlDestination Create(DestinationServices? services = null, TimeSpan? timeout = null, params (string Name, object Value)[] values)
    {
        var all = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["host"] = "127.0.0.1",
            ["port"] = (long)server.Port,
            ["database"] = SqlServerFixture.Database,
            ["user"] = SqlServerFixture.User,
            ["password"] = new SecretText(SqlServerFixture.Password),
            ["table"] = _table,
        };
        foreach (var (name, value) in values)
        {
            all[name] = value;
        }

        var settings = new DestinationSettings { Name = "warehouse", Type = TypeName, Priority = 70, Timeout = timeout, Values = all };
        return (SqlDestination)BuiltInDestinations.Find(TypeName)!.Create(settings, services ?? new DestinationServices());
    }

    protected static async Task<ExportFault> FaultAsync(Func<Task> call) => (await Assert.ThrowsAsync<ExportException>(call)).Fault;

    protected Task<ExportFault> FaultOfUploadAsync(ExportContext? context = null, IExportDestination? on = null) =>
        FaultAsync(() => (on ?? Destination).UploadAsync(context ?? TestExports.Context(), default));

    private Task<IContentListing?> ListAsync(ListingBudget budget) => ((IListsContent)Destination).ListContentAsync(budget, default);

    private static IResilientDestination Resilient(IExportDestination destination) =>
        DestinationStack.WithoutLimits(destination, new ResilienceOptions { Time = new FakeTimeProvider() });

    private SqlDestination CreateAs(string user) => Create(("user", user));

    private LockedTable Lock() => new(server.Connect(), Table);

    /// <summary>Holds the table's rows against everybody else.</summary>
    private sealed class LockedTable : IDisposable
    {
        private readonly System.Data.Common.DbConnection _connection;
        private readonly System.Data.Common.DbTransaction _transaction;

        public LockedTable(System.Data.Common.DbConnection connection, string table)
        {
            _connection = connection;
            _connection.Open();
            _transaction = _connection.BeginTransaction();
            using var command = _connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table} FOR UPDATE";
            command.ExecuteNonQuery();
        }

        public void Dispose()
        {
            _transaction.Dispose();
            _connection.Dispose();
        }
    }
}
