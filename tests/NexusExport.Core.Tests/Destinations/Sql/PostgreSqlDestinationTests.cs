using System.Globalization;
using NexusExport.Destinations.Sql;

namespace NexusExport.Tests.Destinations.Sql;

[Collection(PostgreSqlFixture.Collection)]
[RequiresProgram(PostgreSqlFixture.Program)]
public sealed class PostgreSqlDestinationTests(PostgreSqlFixture server) : SqlDestinationContract(server)
{
    protected override string TypeName => "postgresql";

    protected override string Schema => "public";

    protected override string EnterSchema => "SET search_path TO public; ";

    protected override string LargeType => "text";

    [Fact]
    public async Task Upload_CertificateInTheBundle_IsVerified()
    {
        await using var destination = Create(
            new DestinationServices { Tls = new TlsSettings { CertBundleFile = Server.CertificateFile } }, null, ("tls", "verify"));

        await destination.UploadAsync(TestExports.Context(), default);

        Assert.Single(Stored());
        Assert.DoesNotContain("tls:", (await destination.TestConnectionAsync(default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_CertificateThatNobodyVouchesFor_IsATlsFault()
    {
        await using var destination = Create(("tls", "verify"));

        var fault = await FaultOfUploadAsync(on: destination);

        Assert.Equal(ExportErrorCode.TlsFailed, fault.Code);
        Assert.False(fault.Recoverable);
        Assert.Contains("NX_CERT_BUNDLE_FILE", fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_ServerWithoutTls_IsATlsFaultAndSendsNothing()
    {
        await SetTlsAsync("off");
        try
        {
            await using var destination = Create();

            var fault = await FaultOfUploadAsync(on: destination);

            Assert.Equal(ExportErrorCode.TlsFailed, fault.Code);
            Assert.Contains("tls: off", fault.RecommendedAction, StringComparison.Ordinal);
        }
        finally
        {
            await SetTlsAsync("on");
        }
    }

    [Fact]
    public async Task Upload_UnknownDatabase_IsNamed()
    {
        await using var destination = Create(("database", "nowhere"));

        var fault = await FaultOfUploadAsync(on: destination);

        Assert.Equal(ExportErrorCode.ResourceNotFound, fault.Code);
        Assert.Contains("nowhere", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TestConnection_TriggerThatDropsTheRow_SaysSo()
    {
        var function = "f_" + Table[(Schema.Length + 1)..];
        Server.Execute($"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'");
        Server.Execute($"CREATE TRIGGER dropping BEFORE INSERT ON {Table} FOR EACH ROW EXECUTE FUNCTION {function}()");

        var tested = await FaultAsync(() => Destination.TestConnectionAsync(default));
        var uploaded = await FaultOfUploadAsync();

        Assert.Equal((ExportErrorCode.RequestRejected, ExportErrorCode.RequestRejected), (tested.Code, uploaded.Code));
        Assert.Contains("trigger or a rule", tested.Message, StringComparison.Ordinal);
        Assert.Contains("trigger", uploaded.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TestConnection_EncodingThatCannotHoldTheText_NamesIt()
    {
        var database = "latin_" + Guid.NewGuid().ToString("n");
        Server.Execute($"CREATE DATABASE {database} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0 OWNER {SqlServerFixture.User}");
        await using var destination = Create(("database", database));
        await destination.CreateStorageAsync(default);

        var report = await destination.TestConnectionAsync(default);
        await destination.UploadAsync(TestExports.Context("a.xml", "Grüße"), default);
        var fault = await FaultOfUploadAsync(TestExports.Context("b.xml", "日本語"), destination);

        Assert.Contains("LATIN1", report.Message, StringComparison.Ordinal);
        Assert.Contains("UTF8", report.Message, StringComparison.Ordinal);
        Assert.Equal((ExportErrorCode.RequestRejected, false), (fault.Code, fault.ConcernsEveryRecord));
    }

    [Fact]
    public async Task Upload_NoConnectionLeft_IsWaitedForLikeARateLimit()
    {
        var user = Grant("SELECT, INSERT, UPDATE, DELETE");
        Server.Execute($"ALTER ROLE {user} CONNECTION LIMIT 0");
        await using var destination = Create(("user", user));

        var fault = await FaultOfUploadAsync(on: destination);

        Assert.Equal((ExportErrorCode.RateLimited, true, false), (fault.Code, fault.RetryAfter > TimeSpan.Zero, fault.MayHaveCommitted));
    }

    [Fact]
    public async Task Upload_RefusedByAPolicyForRows_ConcernsThisRecordOnly()
    {
        var user = Grant("SELECT, INSERT, UPDATE, DELETE");
        Server.Execute($"ALTER TABLE {Table} ENABLE ROW LEVEL SECURITY");
        Server.Execute($"CREATE POLICY good_only ON {Table} TO {user} USING (filename = 'good.xml')");
        await using var destination = Create(("user", user));
        await using var stranger = Create(("user", Grant("SELECT")));

        await destination.UploadAsync(TestExports.Context("good.xml"), default);
        var single = await FaultOfUploadAsync(TestExports.Context("bad.xml"), destination);
        var all = await FaultOfUploadAsync(TestExports.Context("bad.xml"), stranger);

        Assert.Equal((ExportErrorCode.PermissionDenied, false), (single.Code, single.ConcernsEveryRecord));
        Assert.Equal((ExportErrorCode.PermissionDenied, true), (all.Code, all.ConcernsEveryRecord));
    }

    protected override string AllowNoContent => $"ALTER TABLE {Table} ALTER content DROP NOT NULL";

    protected override IEnumerable<string> ChangingTrigger
    {
        get
        {
            var function = "f_" + Table[(Schema.Length + 1)..];
            yield return $"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.content = upper(NEW.content); RETURN NEW; END'";
            yield return $"CREATE TRIGGER changing BEFORE INSERT ON {Table} FOR EACH ROW EXECUTE FUNCTION {function}()";
        }
    }

    protected override string Shown(string column) => $"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')";

    protected override string Grant(string privileges)
    {
        var user = $"u_{Guid.NewGuid():n}";
        Server.Execute($"CREATE ROLE {user} LOGIN PASSWORD '{SqlServerFixture.Password.Replace("'", "''", StringComparison.Ordinal)}'");
        Server.Execute($"GRANT {privileges} ON {Table} TO {user}");
        return user;
    }

    protected override int Connections() =>
        int.Parse(Server.Rows($"SELECT COUNT(*) FROM pg_stat_activity WHERE usename = '{SqlServerFixture.User}' AND application_name = 'NexusExport'")[0][0]!, CultureInfo.InvariantCulture);

    // The server reads its settings anew when it gets round to it.
    private async Task SetTlsAsync(string value)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        Server.Execute($"ALTER SYSTEM SET ssl = {value}");
        Server.Execute("SELECT pg_reload_conf()");
        while (Server.Rows("SHOW ssl")[0][0] != value)
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
