using System.Data.Common;
using NexusExport.Destinations.Http;
using Npgsql;
using NpgsqlTypes;

namespace NexusExport.Destinations.Sql;

/// <summary>PostgreSQL through Npgsql.</summary>
internal sealed class PostgreSqlEngine() : SqlEngine("postgresql", 5432, new PostgreSqlDialect())
{
    public override ExportFault? Check(string destination, SqlTlsMode mode, TlsSettings tls) =>
        mode == SqlTlsMode.Verify ? TlsTrust.Check(tls) : null;

    public override DbDataSource CreateDataSource(SqlConnectionOptions options)
    {
        var callback = options.TlsMode == SqlTlsMode.Verify ? TlsTrust.Callback(options.Tls) : null;
        var builder = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder
        {
            Host = options.Host,
            Port = options.Port,
            Database = options.Database,
            Username = options.User,
            Password = options.Password.Reveal(),
            ClientEncoding = "UTF8",
            Timezone = "UTC",
            ApplicationName = "NexusExport",
            MaxPoolSize = options.PoolSize,
            Timeout = options.ConnectSeconds,
            CommandTimeout = options.CommandSeconds,
            SslMode = options.TlsMode switch
            {
                SqlTlsMode.Off => SslMode.Disable,

                // With a callback, it is the callback that checks the certificate and the name.
                SqlTlsMode.Verify when callback is null => SslMode.VerifyFull,
                _ => SslMode.Require,
            },
        }.ConnectionString);
        if (callback is not null)
        {
            builder.UseSslClientAuthenticationOptionsCallback(authentication => authentication.RemoteCertificateValidationCallback = callback);
        }

        return builder.Build();
    }

    public override void Bind(DbParameter parameter, string value)
    {
        // Sent without a type, so that the server reads the text as what the column is: uuid or varchar, jsonb or text.
        ((NpgsqlParameter)parameter).NpgsqlDbType = NpgsqlDbType.Unknown;
        parameter.Value = value;
    }
}
