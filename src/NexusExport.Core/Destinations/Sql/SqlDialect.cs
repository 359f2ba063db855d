using System.Data.Common;

namespace NexusExport.Destinations.Sql;

/// <summary>How a server spells what this program says to it. Parameters are named @id, @filename, @content, @metadata, @now, @hash, @table.</summary>
internal abstract class SqlDialect
{
    /// <summary>Longest name of a table or column.</summary>
    public abstract int MaxNameLength { get; }

    /// <summary>Said first on every connection taken from the pool; null for nothing.</summary>
    public abstract string? SessionStatement { get; }

    /// <summary>Type that holds a record of any size.</summary>
    public abstract string ContentType { get; }

    /// <summary>What to do about a content that is too large for the connection.</summary>
    public abstract string PacketAdvice { get; }

    /// <summary>One row for each column of @table: name, type, longest text in characters or null, character set or null.</summary>
    public abstract string ColumnsQuery { get; }

    /// <summary>One row for each column of @table that alone is a unique key.</summary>
    public abstract string UniqueColumnsQuery { get; }

    /// <summary>A row with 1 where what is written into @table can be taken back, none or 0 where it cannot (or nobody knows).</summary>
    public abstract string TransactionsQuery { get; }

    /// <summary>What keeps a row that was written without an error from being there afterwards.</summary>
    public abstract string WhyRowsVanish { get; }

    /// <summary>The encoding of the whole database, one value; null where columns have their own.</summary>
    public virtual string? EncodingQuery => null;

    /// <summary>The server's version, one value.</summary>
    public abstract string VersionQuery { get; }

    /// <summary>What the server's codes mean; null for those that it does not know.</summary>
    public abstract SqlErrorKind? Classify(DbException exception);

    /// <summary>A name so that the server takes it as it stands.</summary>
    public abstract string Quote(string name);

    /// <summary>What @table is in the metadata queries.</summary>
    public abstract string TableParameter(SqlTable table);

    /// <summary>The SHA-256 of a text column as UTF-8, lower-case hexadecimal.</summary>
    public abstract string HashOf(string column);

    /// <summary>Inserts a row, or updates the one whose id it is. created_at stays as it was.</summary>
    public abstract string Upsert(SqlTable table);

    /// <summary>Makes the table.</summary>
    public abstract string CreateTable(SqlTable table);

    /// <summary>Adds a column that is missing.</summary>
    public string AddColumn(SqlTable table, SqlColumnRole role) =>
        $"ALTER TABLE {table.QuotedName} ADD COLUMN {table[role]} {TypeOf(role)}";

    /// <summary>Makes the column a unique key.</summary>
    public static string AddUniqueKey(SqlTable table) => $"ALTER TABLE {table.QuotedName} ADD UNIQUE ({table[SqlColumnRole.Id]})";

    /// <summary>Type of a column in a table that this program makes.</summary>
    public abstract string TypeOf(SqlColumnRole role);

    /// <summary>insert into … values, which both dialects begin with.</summary>
    protected static string Insert(SqlTable table) =>
        $"INSERT INTO {table.QuotedName} ({string.Join(", ", table.Roles.Select(role => table[role]))}) "
        + $"VALUES ({string.Join(", ", table.Roles.Select(SqlTable.ParameterOf))})";

    /// <summary>The columns' definitions, as both dialects write them.</summary>
    protected string Definitions(SqlTable table) => string.Join(", ", table.Roles.Select(role => $"{table[role]} {TypeOf(role)}"));
}
