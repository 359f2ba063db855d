namespace NexusExport.Destinations.Sql;

/// <summary>The table that records go to, with its names validated and quoted: what is pasted into SQL comes from here only.</summary>
internal sealed class SqlTable
{
    private readonly IReadOnlyDictionary<SqlColumnRole, string> _columns;
    private readonly SqlDialect _dialect;

    /// <param name="name">The table's name, with its schema before a dot or without.</param>
    /// <param name="columns">The columns' names; one without a name is not used.</param>
    /// <param name="dialect">Quotes them.</param>
    public SqlTable(string name, IReadOnlyDictionary<SqlColumnRole, string> columns, SqlDialect dialect)
    {
        Name = name;
        _columns = columns;
        _dialect = dialect;
        QuotedName = string.Join('.', name.Split('.').Select(dialect.Quote));
        Roles = [.. columns.Where(column => column.Value.Length > 0).Select(column => column.Key).Order()];
    }

    /// <summary>As configured.</summary>
    public string Name { get; }

    public string QuotedName { get; }

    /// <summary>The columns in use, in the order of the enumeration.</summary>
    public IReadOnlyList<SqlColumnRole> Roles { get; }

    /// <summary>A column's name, quoted.</summary>
    public string this[SqlColumnRole role] => _dialect.Quote(NameOf(role));

    /// <summary>A column's name as configured.</summary>
    public string NameOf(SqlColumnRole role) => _columns[role];

    /// <summary>The parameter that fills a column.</summary>
    public static string ParameterOf(SqlColumnRole role) => role switch
    {
        SqlColumnRole.Id => "@id",
        SqlColumnRole.FileName => "@filename",
        SqlColumnRole.Content => "@content",
        SqlColumnRole.Metadata => "@metadata",
        _ => "@now",
    };
}
