using System.Data.Common;

namespace NexusExport.Destinations.Sql;

/// <summary>PostgreSQL 11 and later (the first with sha256).</summary>
internal sealed class PostgreSqlDialect : SqlDialect
{
    public override int MaxNameLength => 63;

    public override string? SessionStatement => null;

    public override string ContentType => "text";

    public override string PacketAdvice => "PostgreSQL takes values of up to 1 GB: export a smaller record.";

    public override string VersionQuery => "SHOW server_version";

    public override string ColumnsQuery =>
        "SELECT a.attname, format_type(a.atttypid, a.atttypmod), "
        + "CASE WHEN t.typname IN ('varchar', 'bpchar') AND a.atttypmod > 4 THEN a.atttypmod - 4 END, NULL "
        + "FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid "
        + "WHERE a.attrelid = to_regclass(@table) AND a.attnum > 0 AND NOT a.attisdropped";

    // What ON CONFLICT (column) accepts: a whole, valid, immediate index over the plain column.
    public override string UniqueColumnsQuery =>
        "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] "
        + "WHERE i.indrelid = to_regclass(@table) AND i.indisunique AND i.indisvalid AND i.indimmediate "
        + "AND i.indnkeyatts = 1 AND i.indpred IS NULL AND i.indexprs IS NULL";

    public override string TransactionsQuery => "SELECT 1";

    public override string WhyRowsVanish => "a trigger or a rule on the table drops it";

    public override string? EncodingQuery => "SHOW server_encoding";

    public override SqlErrorKind? Classify(DbException exception) => PostgreSqlErrors.Classify(exception);

    public override string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public override string TableParameter(SqlTable table) => table.QuotedName;

    public override string HashOf(string column) => $"encode(sha256(convert_to({column}, 'UTF8')), 'hex')";

    public override string Upsert(SqlTable table) =>
        $"{Insert(table)} ON CONFLICT ({table[SqlColumnRole.Id]}) DO UPDATE SET "
        + string.Join(", ", table.Roles
            .Where(role => role is not (SqlColumnRole.Id or SqlColumnRole.CreatedAt))
            .Select(role => $"{table[role]} = EXCLUDED.{table[role]}"));

    public override string CreateTable(SqlTable table) =>
        $"CREATE TABLE {table.QuotedName} ({Definitions(table)}, PRIMARY KEY ({table[SqlColumnRole.Id]})); "
        + $"CREATE INDEX ON {table.QuotedName} ({table[SqlColumnRole.FileName]})";

    public override string TypeOf(SqlColumnRole role) => role switch
    {
        SqlColumnRole.Id => "uuid NOT NULL",
        SqlColumnRole.FileName => "text NOT NULL",
        SqlColumnRole.Content => $"{ContentType} NOT NULL",
        SqlColumnRole.Metadata => "jsonb",
        _ => "timestamptz",
    };
}
