using System.Globalization;
using System.Security.Cryptography;
using NexusExport.Pipeline;

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
        session.Execute(
            dialect.Upsert(table),
            [.. table.Roles.Select(SqlTable.ParameterOf).Distinct(StringComparer.Ordinal).Select(name => (name, Value(context, id, name)))]);
        Verify(context, StoredHash(session, id));
        return true;
    });

    /// <summary>The hash of the content that the row of this id has; null if there is none.</summary>
    public string? StoredHash(SqlSession session, string id) =>
        session.Query($"SELECT {dialect.HashOf(Content)} FROM {table.QuotedName} WHERE {Id} = @id", row => row.GetString(0), ("@id", id)).FirstOrDefault();

    /// <summary>The content of the newest row of this file name; null if there is none.</summary>
    public string? Fetch(SqlSession session, string fileName)
    {
        var order = table.Roles.Contains(SqlColumnRole.UpdatedAt) ? $" ORDER BY {table[SqlColumnRole.UpdatedAt]} DESC" : string.Empty;
        var sql = $"SELECT {Content} FROM {table.QuotedName} WHERE {table[SqlColumnRole.FileName]} = @filename{order} LIMIT 1";
        return session.Query(sql, row => row.GetString(0), ("@filename", fileName)).FirstOrDefault();
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

    private void Verify(ExportContext context, string? stored)
    {
        if (stored is null)
        {
            // MySQL updates the row of any unique key that collides, be it another record's.
            throw new ExportException(new ExportFault(
                ExportErrorCode.RequestRejected,
                $"'{destination}' has a row of another session with the same value in a unique key ('{context.FileName}'); it was left as it is.")
            {
                RecommendedAction = $"Remove unique keys other than that on {table.NameOf(SqlColumnRole.Id)} from the table, or rename the record's file.",
            });
        }

        if (stored != HashOf(context.Content))
        {
            throw new ExportException(
                ExportErrorCode.IntegrityMismatch,
                $"'{destination}' has changed '{context.FileName}' on the way into the table {table.Name}; nothing was stored.");
        }
    }

    private string Value(ExportContext context, string id, string parameter) => parameter switch
    {
        "@id" => id,
        "@filename" => context.FileName,
        "@content" => context.Content.Text,
        "@metadata" => SqlMetadata.Of(context),
        _ => time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
    };
}
