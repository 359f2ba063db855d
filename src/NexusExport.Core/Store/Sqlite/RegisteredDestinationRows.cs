using Microsoft.Data.Sqlite;
using NexusExport.Configuration.Drafts;

namespace NexusExport.Store.Sqlite;

/// <summary>The rows of export_destinations.</summary>
internal sealed class RegisteredDestinationRows(SqliteConnections connections, GroupCommitWriter writer, TimeProvider time) : IRegisteredDestinations
{
    private const string SelectRows = "SELECT id, name, dest_type, config, is_active, updated_at FROM export_destinations ORDER BY name";

    private const string InsertRow =
        """
        INSERT INTO export_destinations (id, name, dest_type, config, created_by, created_at, updated_at, is_active)
        VALUES (@id, @name, @type, @config, @user, @now, @now, @active)
        ON CONFLICT (name) DO NOTHING
        """;

    private const string UpdateRow =
        """
        UPDATE export_destinations SET dest_type = @type, config = @config, is_active = @active, updated_at = @now
        WHERE id = @id AND updated_at = @seen
        """;

    private const string DeleteRow = "DELETE FROM export_destinations WHERE id = @id";

    /// <summary>Every row, by name; none where the table is not there. Throws DATABASE_UNUSABLE or DATABASE_BUSY.</summary>
    public static IReadOnlyList<RegisteredDestination> Read(SqliteConnections connections) => SqliteFaults.Translating(connections.Path, () =>
    {
        try
        {
            using var sql = connections.OpenReader();
            return DatabaseShape.HasTable(sql, DatabaseShape.ExportDestinations) ? sql.Query(SelectRows, Read) : [];
        }
        catch (Exception ex) when (ex is InvalidCastException or FormatException)
        {
            // SQLite keeps what it is given: a row that another program wrote may hold anything.
            throw new ExportException(
                ExportErrorCode.DatabaseUnusable, $"A row of {DatabaseShape.ExportDestinations} in '{connections.Path}' is not readable: {ex.Message}", ex);
        }
    });

    /// <inheritdoc/>
    public IReadOnlyList<RegisteredDestination> Read() => Read(connections);

    /// <inheritdoc/>
    public Task<bool> AddAsync(RegisteredDestination destination, string user, CancellationToken cancellationToken) =>
        writer.ExecuteAsync(sql => Add(sql, destination, user), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ChangeAsync(RegisteredDestination destination, CancellationToken cancellationToken) =>
        writer.ExecuteAsync(sql => Change(sql, destination), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) =>
        writer.ExecuteAsync(sql => sql.Execute(DeleteRow, ("@id", id)) == 1, cancellationToken);

    private static RegisteredDestination Read(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        Name = row.GetString(1),
        Type = row.GetString(2),
        Config = JsonValues.Read(row.GetString(3)),
        IsActive = row.GetBoolean(4),
        UpdatedAt = row.GetString(5),
    };

    private bool Add(SqlStatements sql, RegisteredDestination destination, string user) => sql.Execute(
        InsertRow,
        ("@id", destination.Id),
        ("@name", destination.Name),
        ("@type", destination.Type),
        ("@config", JsonValues.Write(destination.Config)),
        ("@user", user),
        ("@now", LogTime.ToUtcText(time.GetUtcNow())),
        ("@active", destination.IsActive)) == 1;

    private bool Change(SqlStatements sql, RegisteredDestination destination) => sql.Execute(
        UpdateRow,
        ("@id", destination.Id),
        ("@type", destination.Type),
        ("@config", JsonValues.Write(destination.Config)),
        ("@active", destination.IsActive),
        ("@now", LogTime.ToUtcText(time.GetUtcNow())),
        ("@seen", destination.UpdatedAt)) == 1;
}
