namespace NexusExport.Destinations.Sql;

/// <summary>What a SQL destination can be told.</summary>
internal static class SqlDefinitions
{
    public static readonly SettingDefinition Host = new("host", SettingKind.Text, "Name or address of the server.") { Required = true };

    /// <summary>Its default is each server's own.</summary>
    public static readonly SettingDefinition Port = new("port", SettingKind.Integer, "Its port.");

    public static readonly SettingDefinition Database = new("database", SettingKind.Text, "Database that the table is in.") { Required = true };

    public static readonly SettingDefinition User = new("user", SettingKind.Text, "Account to connect as.") { Required = true };

    public static readonly SettingDefinition Password = new("password", SettingKind.Secret, "Its password.") { Required = true };

    public static readonly SettingDefinition Table =
        new("table", SettingKind.Text, "Table that records go to, with its schema before a dot where that is not the default one.")
        {
            Default = SqlDestinationSettings.DefaultTable,
        };

    public static readonly SettingDefinition Tls =
        new("tls", SettingKind.Text, "required: encrypted, or no connection; verify: the server's certificate is checked, too; off: not encrypted.")
        {
            Default = SqlDestinationSettings.TlsRequired,
            Allowed = [SqlDestinationSettings.TlsRequired, SqlDestinationSettings.TlsVerify, SqlDestinationSettings.TlsOff],
        };

    /// <summary>The table's columns; the default of each is the name that it has in tables of our own.</summary>
    public static IReadOnlyList<(SqlColumnRole Role, SettingDefinition Setting)> Columns { get; } =
    [
        (SqlColumnRole.Id, Column("id", "Column of the row's id, which has to be a unique key.")),
        (SqlColumnRole.FileName, Column("filename", "Column of the file name.")),
        (SqlColumnRole.Content, Column("content", "Column of the record itself.")),
        (SqlColumnRole.Metadata, Column("metadata", "Column of the record's facts as JSON; empty for none.")),
        (SqlColumnRole.CreatedAt, Column("created_at", "Column of the time (UTC) of the first export; empty for none.")),
        (SqlColumnRole.UpdatedAt, Column("updated_at", "Column of the time (UTC) of the last export; empty for none.")),
    ];

    /// <summary>All of them for a server, in the order in which they are shown.</summary>
    public static IReadOnlyList<SettingDefinition> All(SqlEngine server) =>
        [Host, Port with { Default = $"{server.DefaultPort}" }, Database, User, Password, Table, .. Columns.Select(column => column.Setting), Tls];

    private static SettingDefinition Column(string name, string description) => new($"column_{name}", SettingKind.Text, description)
    {
        Default = name,
        Aliases = [new($"column_mappings.{name}")],
    };
}
