using System.Data.Common;
using System.Reflection;
using MySql.Data.MySqlClient;
using NexusExport.Configuration;

namespace NexusExport.Destinations.Sql;

/// <summary>MySQL, MariaDB and TiDB through Oracle's MySql.Data.</summary>
internal sealed class MySqlServer(string typeName, int defaultPort) : SqlServer(typeName, defaultPort, new MySqlDialect())
{
    // MySql.Data checks certificates with it; see the reference to MySql.Data in the project file.
    private const string CertificateLibrary = "BouncyCastle.Cryptography";

    public override ExportFault? Check(string destination, SqlTlsMode mode, TlsSettings tls)
    {
        if (mode != SqlTlsMode.Verify || tls.DisableVerification)
        {
            return null;
        }

        if (tls.CertBundle is not null)
        {
            return Invalid(
                $"'{destination}' cannot use NX_CERT_BUNDLE: the MySQL driver reads certificates from a file only.",
                "Write the certificates to a file and name it in NX_CERT_BUNDLE_FILE.");
        }

        return CanCheckCertificates() ? null : Invalid(
            $"'{destination}' cannot verify certificates: this build came without {CertificateLibrary}, which the MySQL driver does that with.",
            $"Set tls: required, which encrypts but does not ask whose certificate it is, or build with a reference to {CertificateLibrary}.");
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

        if (options is { TlsMode: SqlTlsMode.Verify, Tls.CertBundleFile: { } file })
        {
            builder["SSL CA"] = file;
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

    private static bool CanCheckCertificates()
    {
        try
        {
            return Assembly.Load(CertificateLibrary) is not null;
        }
        catch (IOException)
        {
            // Not found, or not loadable: the same to the user.
            return false;
        }
    }

    private static ExportFault Invalid(string message, string action) =>
        new(ExportErrorCode.ConfigurationInvalid, message) { RecommendedAction = action };
}
