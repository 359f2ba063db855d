using System.Data;
using System.Data.Common;

namespace NexusExport.Destinations.Sql;

/// <summary>
/// A kind of SQL server with the ADO.NET provider that reaches it. Another provider is dropped in by deriving from this and naming its
/// DbProviderFactory; the dialect stays. A provider's assembly is loaded by <see cref="CreateDataSource"/> and not before.
/// </summary>
/// <param name="typeName">The destination type's name, which is also the scheme of its records' locations.</param>
/// <param name="defaultPort">Port unless configured.</param>
/// <param name="dialect">How its SQL is spelled.</param>
internal abstract class SqlEngine(string typeName, int defaultPort, SqlDialect dialect)
{
    public string TypeName => typeName;

    public int DefaultPort => defaultPort;

    public SqlDialect Dialect => dialect;

    /// <summary>What keeps these settings from being used with this provider; null when nothing does. Makes no call.</summary>
    public abstract ExportFault? Check(string destination, SqlTlsMode mode, TlsSettings tls);

    /// <summary>What to do about a server that is not trusted, or speaks no TLS.</summary>
    public virtual string TrustAdvice => "If the server uses your own certificate authority, name its certificate in NX_CERT_BUNDLE_FILE. If the server "
        + "speaks no TLS, have that changed, or set tls: off for a connection that others can read.";

    /// <summary>What a provider threw, where it says something else than it means.</summary>
    public virtual Exception Explain(Exception exception, SqlTlsMode mode) => exception;

    /// <summary>Connections to the server, pooled.</summary>
    public abstract DbDataSource CreateDataSource(SqlConnectionOptions options);

    /// <summary>Gives a parameter a text that the server turns into the column's type.</summary>
    public virtual void Bind(DbParameter parameter, string value)
    {
        parameter.DbType = DbType.String;
        parameter.Value = value;
    }

    /// <summary>Closes the pool.</summary>
    public virtual void Close(DbDataSource source) => source.Dispose();
}
