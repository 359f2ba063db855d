using System.Globalization;
using System.Text;
using NexusExport.Destinations.Common;
using NexusExport.Destinations.Http;
using NexusExport.Security;

namespace NexusExport.Destinations.Sql;

/// <summary>A table in a SQL database: one row a record, whose id is made of the session and the file name, so that no record comes twice.</summary>
internal sealed class SqlDestination : ConfiguredDestination, ICreatesStorage, IListsContent
{
    internal const string HashKey = "content_hash";

    private const int ConnectSeconds = 15;

    // The driver's own time-out drops the connection; ours comes first and stops the statement.
    private const int DriverGraceSeconds = 5;

    private readonly SqlDestinationSettings _settings;
    private readonly SqlEngine _server;
    private readonly SqlSessions _sessions;
    private readonly SqlTableCheck _check;
    private readonly SqlRows _rows;
    private readonly SharedLookup<IReadOnlyList<string>> _checked;

    public SqlDestination(DestinationSettings settings, DestinationServices services, SqlEngine server)
        : base(settings, services)
    {
        _server = server;
        _settings = SqlDestinationSettings.From(settings, server);
        var timeout = settings.Timeout ?? services.DefaultTimeout;
        var faults = new SqlFaults(Name, server, _settings, SecretRedactor.ForAnswers(_settings.Password));
        _sessions = new(server, Options(timeout), faults, timeout, services.Time);
        _check = new(Name, _settings.Table, server.Dialect);
        _rows = new(Name, _settings.Table, server.Dialect, services.Time);
        _checked = new(token => _sessions.RunAsync(_check.Run, token));
    }

    public override DestinationCapabilities Capabilities { get; } = new(CanFind: true, CanFetch: true, CanUndo: true, DestinationRisk.Medium)
    {
        // The row of a session and a file name is updated.
        Replaces = true,
    };

    public override IReadOnlyList<ExportFault> ValidateConfiguration()
    {
        var faults = SqlDestinationSettings.Check(Configured, _server);
        return _server.Check(Name, _settings.Tls, Services.Tls) is { } fault ? [.. faults, fault] : faults;
    }

    public override Task<ConnectionReport> TestConnectionAsync(CancellationToken cancellationToken) =>
        _sessions.RunAsync(new SqlConnectionTest(Name, _settings, _server.Dialect, _rows).Run, cancellationToken);

    public override async Task<DestinationReceipt> UploadAsync(ExportContext context, CancellationToken cancellationToken)
    {
        if (!context.Document.Content.IsValidText)
        {
            throw new ExportException(ExportErrorCode.NotWellFormed, $"'{Name}' takes text, and the record holds bytes that are not valid UTF-8.");
        }

        await _checked.GetAsync(cancellationToken);
        var id = SqlRowId.Of(context.Document.SessionIdentifier, context.Document.FileName);
        await _sessions.RunAsync(session => _rows.Save(session, context, id), cancellationToken);
        return Receipt(context, id) with { BytesSent = context.Document.Content.Utf8.Length };
    }

    public override async Task<DestinationReceipt?> FindAsync(ExportContext context, CancellationToken cancellationToken)
    {
        var id = SqlRowId.Of(context.Document.SessionIdentifier, context.Document.FileName);
        var stored = await _sessions.RunAsync(session => _rows.StoredHash(session, id), cancellationToken);
        return stored == SqlRows.HashOf(context.Document.Content) ? Receipt(context, id) : null;
    }

    public Task<IContentListing?> ListContentAsync(ListingBudget budget, CancellationToken cancellationToken) => ListingDeadline.RunAsync(
        token => SqlListing.ReadAsync(
            (after, count) => _sessions.RunAsync(session => _rows.List(session, after, count), token),
            Receipt,
            budget),
        Services.Time,
        cancellationToken);

    public override async Task<ReadOnlyMemory<byte>?> FetchExistingAsync(string fileName, CancellationToken cancellationToken)
    {
        var text = await _sessions.RunAsync(session => _rows.Fetch(session, fileName), cancellationToken);
        return text is null ? (ReadOnlyMemory<byte>?)null : Encoding.UTF8.GetBytes(text);
    }

    public override async Task UndoAsync(DestinationReceipt receipt, CancellationToken cancellationToken)
    {
        var hash = Convert.ToString(receipt.Metadata.GetValueOrDefault(HashKey), CultureInfo.InvariantCulture);
        if (receipt.RecordId is not { } id || string.IsNullOrEmpty(hash))
        {
            throw new ExportException(ExportErrorCode.NotSupported, $"'{Name}' was not told which row to remove, or what it held.");
        }

        await _sessions.RunAsync(session => _rows.Delete(session, id, hash), cancellationToken);
    }

    public async Task<string> CreateStorageAsync(CancellationToken cancellationToken)
    {
        var table = _settings.Table;
        try
        {
            await _sessions.RunAsync(session => session.Execute($"SELECT 1 FROM {table.QuotedName} WHERE 1 = 0"), cancellationToken);
            return $"The table {table.Name} is there already and was left as it is.";
        }
        catch (ExportException ex) when (ex.Fault.Code == ExportErrorCode.ResourceNotFound)
        {
            await _sessions.RunAsync(session => session.Execute(_server.Dialect.CreateTable(table)), cancellationToken);
            _checked.Forget();
            return $"Made the table {table.Name} in the database '{_settings.Database}'.";
        }
    }

    public override ValueTask DisposeAsync()
    {
        _sessions.Dispose();
        return ValueTask.CompletedTask;
    }

    private DestinationReceipt Receipt(ExportContext context, string id)
    {
        var location = $"{_server.TypeName}://{Uri.EscapeDataString(_settings.Database)}/{Uri.EscapeDataString(_settings.Table.Name)}/{id}";
        return new()
        {
            RecordId = id,
            RecordUrl = location,
            Location = location,
            Metadata = new Dictionary<string, object?>(StringComparer.Ordinal) { [HashKey] = SqlRows.HashOf(context.Document.Content) },
        };
    }

    private SqlConnectionOptions Options(TimeSpan timeout)
    {
        var seconds = (int)Math.Clamp(Math.Ceiling(timeout.TotalSeconds), 1, int.MaxValue / 1000);
        return new()
        {
            Host = _settings.Host,
            Port = _settings.Port,
            Database = _settings.Database,
            User = _settings.User,
            Password = _settings.Password,
            TlsMode = _settings.Tls,
            Tls = Services.Tls,
            PoolSize = Services.ThrottleLimit,
            ConnectSeconds = Math.Min(ConnectSeconds, seconds),
            CommandSeconds = seconds + DriverGraceSeconds,
        };
    }
}
