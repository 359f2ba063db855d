using System.Globalization;
using NexusExport.Configuration;
using NexusExport.Destinations;

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
