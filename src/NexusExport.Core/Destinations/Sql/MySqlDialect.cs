using System.Data.Common;

namespace NexusExport.Destinations.Sql;

/// <summary>MySQL 5.7 and later, MariaDB 10.2 and later, and TiDB.</summary>
internal sealed class MySqlDialect : SqlDialect
{
    public override int MaxNameLength => 64;

    // Strict, or a text that is too long would be cut with a mere warning. Not NO_BACKSLASH_ESCAPES, whatever the server's default:
    // the driver writes parameters into the statement with backslashes. And a TIMESTAMP column converts from the session's time zone.
    public override string? SessionStatement => "SET sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', autocommit = 1";

    public override string ContentType => "LONGTEXT";

    public override string PacketAdvice =>
        "Raise max_allowed_packet on the server (and, on TiDB, txn-entry-size-limit) above the size of the largest record.";

    public override string VersionQuery => "SELECT VERSION()";

    public override string ColumnsQuery =>
        "SELECT COLUMN_NAME, COLUMN_TYPE, CHARACTER_MAXIMUM_LENGTH, CHARACTER_SET_NAME FROM information_schema.COLUMNS "
        + $"WHERE {TableCondition}";

    public override string UniqueColumnsQuery =>
        "SELECT MAX(COLUMN_NAME) FROM information_schema.STATISTICS "
        + $"WHERE {TableCondition} AND NON_UNIQUE = 0 "
        + "GROUP BY INDEX_NAME HAVING COUNT(*) = 1 AND MAX(SUB_PART) IS NULL";

    // A view has no engine.
    public override string TransactionsQuery =>
        "SELECT COUNT(*) FROM information_schema.TABLES t JOIN information_schema.ENGINES e ON e.ENGINE = t.ENGINE "
        + $"WHERE e.TRANSACTIONS = 'YES' AND {TableCondition}";

    // An upsert updates the row of any unique key that collides, be it another record's.
    public override string WhyRowsVanish => "another session's row has the same value in another unique key";

    private static string TableCondition =>
        "TABLE_NAME = SUBSTRING_INDEX(@table, '.', -1) AND TABLE_SCHEMA = IF(LOCATE('.', @table) > 0, SUBSTRING_INDEX(@table, '.', 1), DATABASE())";

    public override SqlErrorKind? Classify(DbException exception) => MySqlErrors.Classify(exception);

    public override string Quote(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    public override string TableParameter(SqlTable table) => table.Name;

    public override string HashOf(string column) => $"SHA2(CONVERT({column} USING utf8mb4), 256)";

    // VALUES() is the one spelling that MySQL, MariaDB and TiDB all know.
    public override string Upsert(SqlTable table) =>
        $"{Insert(table)} ON DUPLICATE KEY UPDATE "
        + string.Join(", ", table.Roles
            .Where(role => role is not (SqlColumnRole.Id or SqlColumnRole.CreatedAt))
            .Select(role => $"{table[role]} = VALUES({table[role]})"));

    public override string CreateTable(SqlTable table) =>
        $"CREATE TABLE {table.QuotedName} ({Definitions(table)}, PRIMARY KEY ({table[SqlColumnRole.Id]}), KEY ({table[SqlColumnRole.FileName]})) "
        + "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin";

    public override string TypeOf(SqlColumnRole role) => role switch
    {
        SqlColumnRole.Id => "CHAR(36) NOT NULL",
        SqlColumnRole.FileName => "VARCHAR(255) NOT NULL",
        SqlColumnRole.Content => $"{ContentType} NOT NULL",
        SqlColumnRole.Metadata => "JSON NULL",
        _ => "DATETIME(6) NULL",
    };
}
