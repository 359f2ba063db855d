using System.Globalization;

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
        ["password"] = new NexusExport.Security.SecretText(SqlServerFixture.Password),
        ["table"] = Table,
    };
}
