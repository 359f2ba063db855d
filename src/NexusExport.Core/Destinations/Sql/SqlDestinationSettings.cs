namespace NexusExport.Destinations.Sql;

/// <summary>The settings of a SQL destination.</summary>
internal sealed record SqlDestinationSettings
{
    public const string DefaultTable = "exported_artifacts";
    public const string TlsRequired = "required";
    public const string TlsVerify = "verify";
    public const string TlsOff = "off";

    private static readonly string[] RequiredTexts = ["host", "database", "user"];

    private static readonly (SqlColumnRole Role, string Setting, string Default, string Description)[] Columns =
    [
        (SqlColumnRole.Id, "column_id", "id", "Column of the row's id, which has to be a unique key."),
        (SqlColumnRole.FileName, "column_filename", "filename", "Column of the file name."),
        (SqlColumnRole.Content, "column_content", "content", "Column of the record itself."),
        (SqlColumnRole.Metadata, "column_metadata", "metadata", "Column of the record's facts as JSON; empty for none."),
        (SqlColumnRole.CreatedAt, "column_created_at", "created_at", "Column of the time (UTC) of the first export; empty for none."),
        (SqlColumnRole.UpdatedAt, "column_updated_at", "updated_at", "Column of the time (UTC) of the last export; empty for none."),
    ];

    public required string Host { get; init; }

    public required int Port { get; init; }

    public required string Database { get; init; }

    public required string User { get; init; }

    public required SecretText Password { get; init; }

    public required SqlTlsMode Tls { get; init; }

    public required SqlTable Table { get; init; }

    /// <summary>What can be set, with the server's own port.</summary>
    public static IReadOnlyList<SettingDefinition> Definitions(SqlEngine server) =>
    [
        new("host", SettingKind.Text, "Name or address of the server.") { Required = true },
        new("port", SettingKind.Integer, "Its port.") { Default = $"{server.DefaultPort}" },
        new("database", SettingKind.Text, "Database that the table is in.") { Required = true },
        new("user", SettingKind.Text, "Account to connect as.") { Required = true },
        new("password", SettingKind.Secret, "Its password.") { Required = true },
        new("table", SettingKind.Text, "Table that records go to, with its schema before a dot where that is not the default one.") { Default = DefaultTable },
        .. Columns.Select(column => new SettingDefinition(column.Setting, SettingKind.Text, column.Description)
        {
            Default = column.Default,
            Aliases = [new($"column_mappings.{column.Default}")],
        }),
        new("tls", SettingKind.Text, "required: encrypted, or no connection; verify: the server's certificate is checked, too; off: not encrypted.")
        {
            Default = TlsRequired,
            Allowed = [TlsRequired, TlsVerify, TlsOff],
        },
    ];

    /// <summary>Reads them from what was configured; what is missing is left empty for <see cref="Check"/> to tell.</summary>
    public static SqlDestinationSettings From(DestinationSettings settings, SqlEngine server) => new()
    {
        Host = settings.Text("host") ?? string.Empty,
        Port = (int)Math.Clamp(settings.Number("port") ?? server.DefaultPort, 0, ushort.MaxValue),
        Database = settings.Text("database") ?? string.Empty,
        User = settings.Text("user") ?? string.Empty,
        Password = settings.Secret("password") ?? new SecretText(string.Empty),
        Tls = settings.Text("tls") switch
        {
            TlsOff => SqlTlsMode.Off,
            TlsVerify => SqlTlsMode.Verify,
            _ => SqlTlsMode.Required,
        },
        Table = new(
            settings.Text("table") ?? DefaultTable,
            Columns.ToDictionary(column => column.Role, column => settings.Text(column.Setting) ?? column.Default),
            server.Dialect),
    };

    /// <summary>What is wrong with them, without revealing the password or calling anybody.</summary>
    public static IReadOnlyList<ExportFault> Check(DestinationSettings settings, SqlEngine server)
    {
        var length = server.Dialect.MaxNameLength;
        var faults = new List<string>();
        faults.AddRange(RequiredTexts
            .Where(name => string.IsNullOrWhiteSpace(settings.Text(name)))
            .Select(name => $"'{settings.Name}' has no {name}."));
        if (settings.Secret("password") is null)
        {
            faults.Add($"'{settings.Name}' has no password.");
        }

        if (settings.Number("port") is < 1 or > ushort.MaxValue)
        {
            faults.Add($"'{settings.Name}' needs port to be from 1 to {ushort.MaxValue}.");
        }

        if (settings.Text("table") is { } table && !SqlName.IsTable(table, length))
        {
            faults.Add($"'{settings.Name}' needs table to be a name of letters, digits, _ and $ ({length} at most), perhaps with a schema and a dot before it.");
        }

        faults.AddRange(CheckColumns(settings, length));
        return [.. faults.Select(fault => new ExportFault(ExportErrorCode.ConfigurationInvalid, fault))];
    }

    private static IEnumerable<string> CheckColumns(DestinationSettings settings, int length)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (role, setting, standard, _) in Columns)
        {
            var name = settings.Text(setting) ?? standard;
            if (name.Length == 0 && role > SqlColumnRole.Content)
            {
                continue;
            }

            if (!SqlName.IsColumn(name, length))
            {
                yield return $"'{settings.Name}' needs {setting} to be a name of letters, digits, _ and $ ({length} at most).";
            }
            else if (!names.Add(name))
            {
                yield return $"'{settings.Name}' uses the column {name} twice ({setting}).";
            }
        }
    }
}
