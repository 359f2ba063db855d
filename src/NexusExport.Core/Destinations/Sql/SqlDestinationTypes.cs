namespace NexusExport.Destinations.Sql;

/// <summary>The SQL destinations: one code, told apart by server.</summary>
internal static class SqlDestinationTypes
{
    public const int DefaultPriority = 70;

    public static DestinationType MySql { get; } = Of(new MySqlEngine("mysql", 3306));

    public static DestinationType TiDb { get; } = Of(new MySqlEngine("tidb", 4000));

    public static DestinationType PostgreSql { get; } = Of(new PostgreSqlEngine());

    private static DestinationType Of(SqlEngine server) => new(
        server.TypeName,
        DefaultPriority,
        SqlDefinitions.All(server),
        (settings, services) => new SqlDestination(settings, services, server))
    {
        BoundsItsRequests = true,
    };
}
