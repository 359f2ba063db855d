using System.Globalization;
using NexusExport.Destinations;
using NexusExport.Destinations.Sql;

namespace NexusExport.Tests.Destinations.Sql;

[Collection(MariaDbFixture.Collection)]
[RequiresProgram(MariaDbFixture.Program)]
public sealed class MySqlDestinationTests(MariaDbFixture server) : SqlDestinationContract(server)
{
    protected override string TypeName => "mysql";

    protected override string Schema => SqlServerFixture.Database;

    protected override string EnterSchema => $"USE {SqlServerFixture.Database}; ";

    protected override string LargeType => "LONGTEXT";

    [Fact]
    public async Task Upload_LargerThanAPacket_NamesTheServersSetting()
    {
        var fault = await FaultOfUploadAsync(TestExports.Context(text: TestExports.LongText(3_000_000)));

        Assert.Equal(ExportErrorCode.ContentTooLarge, fault.Code);
        Assert.Contains("max_allowed_packet", fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_ColumnIsLatin1_IsRefusedRatherThanGarbled()
    {
        Server.Execute($"ALTER TABLE {Table} MODIFY content LONGTEXT CHARACTER SET latin1");

        var fault = await FaultOfUploadAsync(TestExports.Context(text: "日本語"));

        Assert.Equal(ExportErrorCode.RequestRejected, fault.Code);
        Assert.Contains("utf8mb4", fault.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Stored());
        Assert.Contains("latin1", (await Destination.TestConnectionAsync(default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_TidbType_HasItsOwnScheme()
    {
        await using var destination = NexusExport.Destinations.BuiltInDestinations.Find("tidb")!.Create(
            new() { Name = "tidb", Type = "tidb", Priority = 70, Values = Settings() }, new());

        var receipt = await destination.UploadAsync(TestExports.Context(), default);

        Assert.StartsWith("tidb://lab/", receipt.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_UnknownDatabase_IsAPermissionThatIsMissing()
    {
        // MariaDB does not tell those who may not use it whether a database is there.
        await using var destination = Create(("database", "nowhere"));

        Assert.Equal(ExportErrorCode.PermissionDenied, (await FaultOfUploadAsync(on: destination)).Code);
    }

    [Fact]
    public async Task TestConnection_EngineWithoutTransactions_LeavesNoRow()
    {
        Server.Execute($"ALTER TABLE {Table} ENGINE = MyISAM");
        await using var restricted = Create(("user", Grant("SELECT, INSERT, UPDATE")));

        var report = await restricted.TestConnectionAsync(default);
        await Destination.TestConnectionAsync(default);

        Assert.Contains("InnoDB", report.Message, StringComparison.Ordinal);
        Assert.Empty(Stored());
    }

    [Fact]
    public async Task Upload_NoConnectionLeft_IsWaitedForLikeARateLimit()
    {
        var user = Grant("SELECT, INSERT, UPDATE, DELETE");
        Server.Execute($"ALTER USER '{user}'@'127.0.0.1' WITH MAX_CONNECTIONS_PER_HOUR 1");
        await using (var first = Create(("user", user)))
        {
            await first.UploadAsync(TestExports.Context("a.xml"), default);
        }

        await using var second = Create(("user", user));

        var fault = await FaultOfUploadAsync(TestExports.Context("b.xml"), second);

        Assert.Equal((ExportErrorCode.RateLimited, true), (fault.Code, fault.RetryAfter > TimeSpan.Zero));
    }

    [Fact]
    public async Task Upload_CertificateThatTheSystemDoesNotTrust_IsATlsFault()
    {
        await using var destination = Create(
            new DestinationServices { Tls = new TlsSettings { CertBundleFile = Server.CertificateFile } }, null, ("tls", "verify"));

        var fault = await FaultOfUploadAsync(on: destination);

        Assert.Equal((ExportErrorCode.TlsFailed, false, true), (fault.Code, fault.Recoverable, fault.ConcernsEveryRecord));
        Assert.Contains("does not trust", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("BouncyCastle", fault.Message, StringComparison.Ordinal);
        Assert.Contains("update-ca-certificates", fault.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Stored());
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.2", false)]
    public async Task Test_CertificateThatTheSystemTrusts_IsVerifiedWithItsName(string host, bool isGood)
    {
        using var folder = new TempFolder();
        var configuration = folder.Write("nexus-export.yaml", $$"""
            database: { path: log.db }
            destinations:
              warehouse:
                type: mysql
                host: {{host}}
                port: {{Server.Port}}
                database: {{SqlServerFixture.Database}}
                user: {{SqlServerFixture.User}}
                password: env:TEST_DATABASE_PASSWORD
                table: {{Table}}
                tls: verify
            """);

        // What a system trusts is read once a process, so it takes one of its own.
        var (code, output) = await HostProgram.RunAsync(
            folder.Path,
            new() { ["SSL_CERT_FILE"] = Server.CertificateFile, ["TEST_DATABASE_PASSWORD"] = SqlServerFixture.Password },
            "test", "--config", configuration);

        Assert.True(isGood == (code == 0), output);
        Assert.Contains(isGood ? Table : ExportErrorCode.TlsFailed, output, StringComparison.Ordinal);
    }

    protected override string AllowNoContent => $"ALTER TABLE {Table} MODIFY content LONGTEXT NULL";

    protected override IEnumerable<string> ChangingTrigger =>
        [$"CREATE TRIGGER {Table}_change BEFORE INSERT ON {Table} FOR EACH ROW SET NEW.content = UPPER(NEW.content)"];

    protected override string Shown(string column) => $"DATE_FORMAT({column}, '%Y-%m-%d %H:%i:%s')";

    protected override string Grant(string privileges)
    {
        var user = $"u_{Guid.NewGuid():n}"[..16];
        Server.Execute($"CREATE USER '{user}'@'127.0.0.1' IDENTIFIED BY '{SqlServerFixture.Password.Replace("'", "''", StringComparison.Ordinal)}'");
        Server.Execute($"GRANT {privileges} ON {Table} TO '{user}'@'127.0.0.1'");
        return user;
    }

    protected override int Connections() =>
        int.Parse(Server.Rows($"SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = '{SqlServerFixture.User}' AND DB = 'lab'")[0][0]!, CultureInfo.InvariantCulture);

    private Dictionary<string, object> Settings() => new(StringComparer.Ordinal)
    {
        ["host"] = "127.0.0.1",
        ["port"] = (long)Server.Port,
        ["database"] = SqlServerFixture.Database,
        ["user"] = SqlServerFixture.User,
        ["password"] = new SecretText(SqlServerFixture.Password),
        ["table"] = Table,
    };
}
