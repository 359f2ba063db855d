using System.Data.Common;
using NexusExport.Destinations.Sql;

namespace NexusExport.Tests.Destinations.Sql;

/// <summary>MariaDB, set as unhelpfully as it can be: latin1, not strict, backslashes no escapes, another time zone.</summary>
public sealed class MariaDbFixture : SqlServerFixture
{
    public const string Program = "mariadbd";
    public const string Collection = "MariaDB";

    private readonly Lazy<DbDataSource> _source;

    public MariaDbFixture()
        : base(Program, "mysql") => _source = new(() => new MySqlEngine("mysql", Port).CreateDataSource(new()
        {
            Host = "127.0.0.1",
            Port = Port,
            Database = "mysql",
            User = "admin",
            Password = new("admin"),
            TlsMode = SqlTlsMode.Off,
            Tls = new(),
            PoolSize = 20,
            ConnectSeconds = 5,
            CommandSeconds = 30,
        }));

    private string Data => Path.Combine(Folder, "data");

    public override DbConnection Connect() => _source.Value.CreateConnection();

    protected override async Task PrepareAsync()
    {
        await RunAsync(
            RequiresProgramAttribute.Find("mariadb-install-db")!,
            "--no-defaults",
            $"--datadir={Data}",
            "--auth-root-authentication-method=normal",
            "--skip-test-db");
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "init.sql"),
            "CREATE USER IF NOT EXISTS 'admin'@'127.0.0.1' IDENTIFIED BY 'admin';\nGRANT ALL ON *.* TO 'admin'@'127.0.0.1' WITH GRANT OPTION;\n");
    }

    protected override IEnumerable<string> ServerArguments() =>
    [
        "--no-defaults",
        $"--datadir={Data}",
        $"--socket={Path.Combine(Folder, "socket")}",
        $"--pid-file={Path.Combine(Folder, "pid")}",
        $"--init-file={Path.Combine(Folder, "init.sql")}",
        "--bind-address=127.0.0.1,127.0.0.2",
        $"--port={Port}",
        "--skip-name-resolve",
        "--character-set-server=latin1",
        "--sql-mode=NO_BACKSLASH_ESCAPES",
        "--default-time-zone=+05:00",
        "--max-allowed-packet=2M",
        $"--ssl-cert={CertificateFile}",
        $"--ssl-key={KeyFile}",
    ];

    protected override IEnumerable<string> SetUp() =>
    [
        $"CREATE DATABASE {Database}",
        $"CREATE USER '{User}'@'127.0.0.1' IDENTIFIED BY '{Password.Replace("'", "''", StringComparison.Ordinal)}'",
        $"GRANT ALL ON {Database}.* TO '{User}'@'127.0.0.1'",
    ];
}

[CollectionDefinition(MariaDbFixture.Collection)]
public sealed class MariaDbTests : ICollectionFixture<MariaDbFixture>;
