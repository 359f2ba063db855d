using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;

namespace NexusExport.Destinations.Sql;

/// <summary>The statements about one row.</summary>
internal sealed class SqlRows(string destination, SqlTable table, SqlDialect dialect, TimeProvider time)
{
    private string Id => table[SqlColumnRole.Id];

    private string Content => table[SqlColumnRole.Content];

    /// <summary>The hash that a content has in the table: SHA-256 of its text as UTF-8, lower-case hexadecimal.</summary>
    public static string HashOf(FormattedContent content) => Convert.ToHexStringLower(SHA256.HashData(content.Utf8.Span));

    /// <summary>Inserts or updates the record's row, in one transaction with a look at what has arrived.</summary>
    public bool Save(SqlSession session, ExportContext context, string id) => session.Transact(() =>
    {
        Store(session, context, id);
        return true;
    });

    /// <summary>Likewise, without a transaction of its own.</summary>
    public void Store(SqlSession session, ExportContext context, string id)
    {
        session.Execute(
            dialect.Upsert(table),
            [.. table.Roles.Select(SqlTable.ParameterOf).Distinct(StringComparer.Ordinal).Select(name => (name, Value(context, id, name)))]);
        Verify(context, StoredHash(session, id));
    }

    /// <summary>The hash of the content that the row of this id has, empty for a row without content; null if there is no row.</summary>
    public string? StoredHash(SqlSession session, string id) =>
        session.Query($"SELECT {dialect.HashOf(Content)} FROM {table.QuotedName} WHERE {Id} = @id", row => Text(row, 0), ("@id", id)).FirstOrDefault();

    /// <summary>Ids and hashes of the rows that follow <paramref name="after"/> (null for the first ones), in the order of their ids.</summary>
    public IReadOnlyList<(string Id, string Hash)> List(SqlSession session, string? after, int count)
    {
        var where = after is null ? string.Empty : $" WHERE {Id} > @id";
        var sql = string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT {Id}, {dialect.HashOf(Content)} FROM {table.QuotedName}{where} ORDER BY {Id} LIMIT {count}");
        return session.Query(sql, row => (Text(row, 0), Text(row, 1)), after is null ? [] : [("@id", after)]);
    }

    /// <summary>The content of the newest row of this file name; null if there is none.</summary>
    public string? Fetch(SqlSession session, string fileName)
    {
        var order = table.Roles.Contains(SqlColumnRole.UpdatedAt) ? $" ORDER BY {table[SqlColumnRole.UpdatedAt]} DESC" : string.Empty;
        var sql = $"SELECT {Content} FROM {table.QuotedName} WHERE {table[SqlColumnRole.FileName]} = @filename{order} LIMIT 1";
        return session.Query(sql, row => row.IsDBNull(0) ? null : row.GetString(0), ("@filename", fileName)).FirstOrDefault();
    }

    /// <summary>Deletes the row if it has this content still. Throws INTEGRITY_MISMATCH if it has another one.</summary>
    public bool Delete(SqlSession session, string id, string hash) => session.Transact(() =>
    {
        var deleted = session.Execute(
            $"DELETE FROM {table.QuotedName} WHERE {Id} = @id AND {dialect.HashOf(Content)} = @hash",
            ("@id", id),
            ("@hash", hash));
        return deleted > 0 || StoredHash(session, id) is null
            ? true
            : throw new ExportException(ExportErrorCode.IntegrityMismatch, $"'{destination}' keeps the row {id}: it is not what was exported any more.");
    });

    /// <summary>Deletes the row of this id, whatever it holds.</summary>
    public void Remove(SqlSession session, string id) => session.Execute($"DELETE FROM {table.QuotedName} WHERE {Id} = @id", ("@id", id));

    // An id may come as a text or as a GUID.
    private static string Text(DbDataReader row, int column) =>
        row.IsDBNull(column) ? string.Empty : Convert.ToString(row.GetValue(column), CultureInfo.InvariantCulture)!;

    private void Verify(ExportContext context, string? stored)
    {
        if (stored is null)
        {
            throw new ExportException(new ExportFault(
                ExportErrorCode.RequestRejected,
                $"'{destination}' has no row of '{context.Document.FileName}' although it took one: {dialect.WhyRowsVanish}. What was there was left as it is.")
            {
                RecommendedAction = $"Have the administrator look at the triggers and rules of the table {table.Name}, and remove unique keys other than that on "
                    + $"{table.NameOf(SqlColumnRole.Id)}, or rename the record's file.",
            });
        }

        if (stored != HashOf(context.Document.Content))
        {
            throw new ExportException(new ExportFault(
                ExportErrorCode.IntegrityMismatch,
                $"'{destination}' has changed '{context.Document.FileName}' on the way into the table {table.Name}; nothing was stored.")
            {
                RecommendedAction = $"Have the administrator look for a trigger on the table {table.Name} that changes what is written.",
            });
        }
    }

    private string Value(ExportContext context, string id, string parameter) => parameter switch
    {
        "@id" => id,
        "@filename" => context.Document.FileName,
        "@content" => context.Document.Content.Text,
        "@metadata" => SqlMetadata.Of(context),
        _ => time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
    };
}
