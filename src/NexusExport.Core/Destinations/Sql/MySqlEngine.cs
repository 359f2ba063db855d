using System.Data.Common;
using System.Security.Authentication;
using MySql.Data.MySqlClient;

namespace NexusExport.Destinations.Sql;

/// <summary>MySQL, MariaDB and TiDB through Oracle's MySql.Data.</summary>
internal sealed class MySqlEngine(string typeName, int defaultPort) : SqlEngine(typeName, defaultPort, new MySqlDialect())
{
    public override string TrustAdvice =>
        "The MySQL driver trusts the operating system's authorities only, not NX_CERT_BUNDLE or NX_CERT_BUNDLE_FILE: if the server uses your own "
        + "certificate authority, add its certificate there (Debian: update-ca-certificates), or set tls: required, which does not ask whose "
        + "certificate it is. Check that host is a name that the certificate is for. If the server speaks no TLS, have that changed, or set tls: off "
        + "for a connection that others can read.";

    public override ExportFault? Check(string destination, SqlTlsMode mode, TlsSettings tls) => null;

    // What the system does not trust, MySql.Data goes on to check in its own way, with a library that this build leaves out and with files
    // of a client's certificate: it ends in a file that is not found (seen in 26.10.0).
    public override Exception Explain(Exception exception, SqlTlsMode mode)
    {
        for (var at = exception; mode == SqlTlsMode.Verify && at is not null; at = at.InnerException)
        {
            if (at is FileNotFoundException)
            {
                return new AuthenticationException("this system does not trust the server's certificate, or it is for another name", exception);
            }
        }

        return exception;
    }

    public override DbDataSource CreateDataSource(SqlConnectionOptions options)
    {
        var factory = MySqlClientFactory.Instance;
        var builder = new DbConnectionStringBuilder
        {
            ["Server"] = options.Host,
            ["Port"] = options.Port,
            ["Database"] = options.Database,
            ["User ID"] = options.User,
            ["Password"] = options.Password.Reveal(),
            ["Character Set"] = "utf8mb4",
            ["SSL Mode"] = SslMode(options),
            ["Maximum Pool Size"] = options.PoolSize,
            ["Connection Timeout"] = options.ConnectSeconds,
            ["Default Command Timeout"] = options.CommandSeconds,
        };
        if (options.TlsMode == SqlTlsMode.Off)
        {
            // Without encryption caching_sha2_password sends the password under the server's public key, which somebody has to fetch.
            builder["AllowPublicKeyRetrieval"] = true;
        }

        return factory.CreateDataSource(builder.ConnectionString);
    }

    public override void Close(DbDataSource source)
    {
        // The data source of this provider does not own the pool.
        using var connection = new MySqlConnection(source.ConnectionString);
        MySqlConnection.ClearPool(connection);
        base.Close(source);
    }

    private static string SslMode(SqlConnectionOptions options) => options.TlsMode switch
    {
        SqlTlsMode.Off => "Disabled",
        SqlTlsMode.Verify when !options.Tls.DisableVerification => "VerifyFull",
        _ => "Required",
    };
}
