using System.Globalization;

namespace NexusExport.Destinations.Sql;

/// <summary>Looks at the table: whether it has what a row needs, and above all the key without which a row could come twice.</summary>
internal sealed class SqlTableCheck(string destination, SqlTable table, SqlDialect dialect)
{
    private const long Roomy = 16_000_000;

    /// <summary>What a fault says of a table without the key.</summary>
    public static ExportFault KeyMissing(string destination, SqlTable table) => new(
        ExportErrorCode.ResourceNotFound,
        $"'{destination}' has no unique key on the column {table.NameOf(SqlColumnRole.Id)} of the table {table.Name}: a record sent again would come twice.")
    {
        RecommendedAction = $"Have the administrator run: {SqlDialect.AddUniqueKey(table)};",
        ConcernsEveryRecord = true,
    };

    /// <summary>Gives what is worth knowing about a table that can be used. Throws RESOURCE_NOT_FOUND with the fix, or what the server says.</summary>
    public IReadOnlyList<string> Run(SqlSession session)
    {
        // First, because the server says best itself that the table is missing or may not be read.
        session.Execute($"SELECT 1 FROM {table.QuotedName} WHERE 1 = 0");
        var name = ("@table", dialect.TableParameter(table));
        var columns = session.Query(
            dialect.ColumnsQuery,
            row => new Column(
                row.GetString(0),
                row.GetString(1),
                row.IsDBNull(2) ? null : Convert.ToInt64(row.GetValue(2), CultureInfo.InvariantCulture),
                row.IsDBNull(3) ? null : row.GetString(3)),
            name);
        var missing = table.Roles.Where(role => Find(columns, role) is null).ToList();
        if (missing.Count > 0)
        {
            throw new ExportException(ColumnsMissing(missing));
        }

        // A key over an expression has no column's name.
        var unique = session.Query(dialect.UniqueColumnsQuery, row => row.IsDBNull(0) ? string.Empty : row.GetString(0), name);
        if (!unique.Contains(table.NameOf(SqlColumnRole.Id), StringComparer.OrdinalIgnoreCase))
        {
            throw new ExportException(KeyMissing(destination, table));
        }

        return [.. Notes(Find(columns, SqlColumnRole.Content)!)];
    }

    private ExportFault ColumnsMissing(List<SqlColumnRole> missing)
    {
        var names = string.Join(", ", missing.Select(table.NameOf));
        var fixes = string.Join(' ', missing.Select(role => dialect.AddColumn(table, role) + ";"));
        return new(
            ExportErrorCode.ResourceNotFound,
            $"'{destination}' lacks {(missing.Count == 1 ? "the column" : "the columns")} {names} in the table {table.Name}.")
        {
            RecommendedAction = $"Set column_… of this destination to the table's own names, or have the administrator run: {fixes}",
            ConcernsEveryRecord = true,
        };
    }

    private IEnumerable<string> Notes(Column content)
    {
        if (content.MaxLength is { } length && length < Roomy)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The column {content.Name} ({content.Type}) holds {length:N0} at most: {dialect.ContentType} would hold every record.");
        }

        if (content.CharacterSet is { } characters && !characters.StartsWith("utf8mb4", StringComparison.OrdinalIgnoreCase))
        {
            yield return $"The column {content.Name} has the character set {characters}, which does not hold every character: utf8mb4 would.";
        }
    }

    private Column? Find(List<Column> columns, SqlColumnRole role) =>
        columns.Find(column => string.Equals(column.Name, table.NameOf(role), StringComparison.OrdinalIgnoreCase));

    private sealed record Column(string Name, string Type, long? MaxLength, string? CharacterSet);
}
