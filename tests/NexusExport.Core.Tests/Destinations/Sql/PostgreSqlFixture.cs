using System.Data.Common;
using Npgsql;

namespace NexusExport.Tests.Destinations.Sql;

/// <summary>PostgreSQL with another time zone than UTC.</summary>
public sealed class PostgreSqlFixture() : SqlServerFixture(Program, "postgres")
{
    public const string Program = "postgres";
    public const string Collection = "PostgreSQL";

    private string _database = "postgres";

    private string Data => Path.Combine(Folder, "data");

    public override DbConnection Connect() => new NpgsqlConnection(
        $"Host=127.0.0.1;Port={Port};Username=postgres;Password=admin;Database={_database};SSL Mode=Disable;Pooling=false;Timeout=5");

    protected override async Task PrepareAsync()
    {
        var passwordFile = Path.Combine(Folder, "password");
        await File.WriteAllTextAsync(passwordFile, "admin\n");
        await RunAsync(
            RequiresProgramAttribute.Find("initdb")!,
            $"--pgdata={Data}",
            "--username=postgres",
            $"--pwfile={passwordFile}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync");

        // In the file, for what stands on the command line cannot be changed by ALTER SYSTEM.
        await File.AppendAllTextAsync(
            Path.Combine(Data, "postgresql.conf"),
            $"ssl = on\nssl_cert_file = '{CertificateFile}'\nssl_key_file = '{KeyFile}'\n");
    }

    protected override IEnumerable<string> ServerArguments() =>
    [
        "-D", Data,
        "-p", $"{Port}",
        "-c", "listen_addresses=127.0.0.1",
        "-c", $"unix_socket_directories={Folder}",
        "-c", "fsync=off",
        "-c", "timezone=Asia/Tokyo",
    ];

    protected override IEnumerable<string> SetUp()
    {
        yield return $"CREATE ROLE {User} LOGIN PASSWORD '{Password.Replace("'", "''", StringComparison.Ordinal)}'";
        yield return $"CREATE DATABASE {Database} OWNER {User}";
        _database = Database;
        yield return $"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO {User}";
    }
}

[CollectionDefinition(PostgreSqlFixture.Collection)]
public sealed class PostgreSqlTests : ICollectionFixture<PostgreSqlFixture>;
