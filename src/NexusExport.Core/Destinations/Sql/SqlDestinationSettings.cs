namespace NexusExport.Destinations.Sql;

/// <summary>The settings of a SQL destination.</summary>
internal sealed record SqlDestinationSettings
{
    public const string DefaultTable = "exported_artifacts";
    public const string TlsRequired = "required";
    public const string TlsVerify = "verify";
    public const string TlsOff = "off";

    private static readonly SettingDefinition[] RequiredTexts = [SqlDefinitions.Host, SqlDefinitions.Database, SqlDefinitions.User];

    public required string Host { get; init; }

    public required int Port { get; init; }

    public required string Database { get; init; }

    public required string User { get; init; }

    public required SecretText Password { get; init; }

    public required SqlTlsMode Tls { get; init; }

    public required SqlTable Table { get; init; }

    /// <summary>Reads them from what was configured; what is missing is left empty for <see cref="Check"/> to tell.</summary>
    public static SqlDestinationSettings From(DestinationSettings settings, SqlEngine server) => new()
    {
        Host = settings.Text(SqlDefinitions.Host) ?? string.Empty,
        Port = (int)Math.Clamp(settings.Number(SqlDefinitions.Port) ?? server.DefaultPort, 0, ushort.MaxValue),
        Database = settings.Text(SqlDefinitions.Database) ?? string.Empty,
        User = settings.Text(SqlDefinitions.User) ?? string.Empty,
        Password = settings.Secret(SqlDefinitions.Password) ?? new SecretText(string.Empty),
        Tls = settings.Text(SqlDefinitions.Tls) switch
        {
            TlsOff => SqlTlsMode.Off,
            TlsVerify => SqlTlsMode.Verify,
            _ => SqlTlsMode.Required,
        },
        Table = new(
            settings.Text(SqlDefinitions.Table) ?? DefaultTable,
            SqlDefinitions.Columns.ToDictionary(column => column.Role, column => NameOf(settings, column.Setting)),
            server.Dialect),
    };

    /// <summary>What is wrong with them, without revealing the password or calling anybody.</summary>
    public static IReadOnlyList<ExportFault> Check(DestinationSettings settings, SqlEngine server)
    {
        var length = server.Dialect.MaxNameLength;
        var faults = new List<string>();
        faults.AddRange(RequiredTexts
            .Where(setting => string.IsNullOrWhiteSpace(settings.Text(setting)))
            .Select(setting => $"'{settings.Name}' has no {setting.Name}."));
        if (settings.Secret(SqlDefinitions.Password) is null)
        {
            faults.Add($"'{settings.Name}' has no password.");
        }

        if (settings.Number(SqlDefinitions.Port) is < 1 or > ushort.MaxValue)
        {
            faults.Add($"'{settings.Name}' needs port to be from 1 to {ushort.MaxValue}.");
        }

        if (settings.Text(SqlDefinitions.Table) is { } table && !SqlName.IsTable(table, length))
        {
            faults.Add($"'{settings.Name}' needs table to be a name of letters, digits, _ and $ ({length} at most), perhaps with a schema and a dot before it.");
        }

        faults.AddRange(CheckColumns(settings, length));
        return [.. faults.Select(fault => new ExportFault(ExportErrorCode.ConfigurationInvalid, fault))];
    }

    private static IEnumerable<string> CheckColumns(DestinationSettings settings, int length)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (role, setting) in SqlDefinitions.Columns)
        {
            var name = NameOf(settings, setting);
            if (name.Length == 0 && role > SqlColumnRole.Content)
            {
                continue;
            }

            if (!SqlName.IsColumn(name, length))
            {
                yield return $"'{settings.Name}' needs {setting.Name} to be a name of letters, digits, _ and $ ({length} at most).";
            }
            else if (!names.Add(name))
            {
                yield return $"'{settings.Name}' uses the column {name} twice ({setting.Name}).";
            }
        }
    }

    private static string NameOf(DestinationSettings settings, SettingDefinition column) => settings.Text(column) ?? column.Default!;
}
