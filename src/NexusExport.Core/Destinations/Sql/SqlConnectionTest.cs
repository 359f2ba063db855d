namespace NexusExport.Destinations.Sql;

/// <summary>
/// Finds out whether records could be sent with the settings as they are. It writes a row as an export does, and takes it back before anybody
/// sees it.
/// </summary>
internal sealed class SqlConnectionTest(string destination, SqlDestinationSettings settings, SqlDialect dialect, SqlRows rows)
{
    private readonly SqlTable _table = settings.Table;

    public ConnectionReport Run(SqlSession session)
    {
        var version = session.Query(dialect.VersionQuery, row => row.GetString(0))[0];
        var notes = new SqlTableCheck(destination, _table, dialect).Run(session);
        var columns = string.Join(", ", _table.Roles.Select(role => _table[role]));
        var values = string.Join(", ", _table.Roles.Where(role => role != SqlColumnRole.Id).Select(role => $"{_table[role]} = {_table[role]}"));

        // Each of them touches no row; the server asks for the privilege all the same.
        session.Try($"INSERT INTO {_table.QuotedName} ({columns}) SELECT {columns} FROM {_table.QuotedName} WHERE 1 = 0");
        session.Try($"UPDATE {_table.QuotedName} SET {values} WHERE 1 = 0");
        var mayDelete = MayDelete(session);
        notes = [.. notes, .. new SqlRehearsal(settings.Table, dialect, rows).Run(session, mayDelete)];
        string[] sentences =
        [
            $"Connected to the database '{settings.Database}' at {settings.Host} as '{settings.User}'; records go to the table {_table.Name}.",
            .. mayDelete ? Array.Empty<string>() : [$"The account may not delete from it, so an export cannot be undone."],
            .. settings.Tls switch
            {
                SqlTlsMode.Required => ["The connection is encrypted; whose certificate it is, is not checked (tls: verify does)."],
                SqlTlsMode.Off => ["The connection is not encrypted (tls: off)."],
                _ => Array.Empty<string>(),
            },
            .. notes,
        ];
        return new(string.Join(' ', sentences), mayDelete ? ["read", "write", "delete"] : ["read", "write"], version);
    }

    private bool MayDelete(SqlSession session)
    {
        try
        {
            session.Try($"DELETE FROM {_table.QuotedName} WHERE 1 = 0");
            return true;
        }
        catch (System.Data.Common.DbException ex) when (dialect.Classify(ex) == SqlErrorKind.PermissionDenied)
        {
            // Only undoing needs it.
            return false;
        }
    }
}
