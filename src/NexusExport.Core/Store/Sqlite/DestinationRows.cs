using Microsoft.Data.Sqlite;
using NexusExport.Configuration;

namespace NexusExport.Store.Sqlite;

/// <summary>The statements of export_destinations.</summary>
internal sealed class DestinationRows(TimeProvider time)
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

    /// <summary>Every row, by name; none where the table is not there.</summary>
    public static IReadOnlyList<RegisteredDestination> Read(SqliteConnection connection)
    {
        if (!DatabaseShape.HasTable(connection, DatabaseShape.ExportDestinations))
        {
            return [];
        }

        using var command = connection.CreateCommand();
        command.CommandText = SelectRows;
        using var row = command.ExecuteReader();
        var rows = new List<RegisteredDestination>();
        while (row.Read())
        {
            rows.Add(new RegisteredDestination
            {
                Id = row.GetString(0),
                Name = row.GetString(1),
                Type = row.GetString(2),
                Config = JsonValues.Read(row.GetString(3)),
                IsActive = row.GetBoolean(4),
                UpdatedAt = row.GetString(5),
            });
        }

        return rows;
    }

    /// <summary>Adds a row; false where there is one of that name.</summary>
    public bool Add(SqlStatements sql, RegisteredDestination destination, string user) => sql.Execute(
        InsertRow,
        ("@id", destination.Id),
        ("@name", destination.Name),
        ("@type", destination.Type),
        ("@config", JsonValues.Write(destination.Config)),
        ("@user", user),
        ("@now", LogTime.ToUtcText(time.GetUtcNow())),
        ("@active", destination.IsActive)) == 1;

    /// <summary>Changes a row; false where it is gone or was changed since it was read.</summary>
    public bool Change(SqlStatements sql, RegisteredDestination destination) => sql.Execute(
        UpdateRow,
        ("@id", destination.Id),
        ("@type", destination.Type),
        ("@config", JsonValues.Write(destination.Config)),
        ("@active", destination.IsActive),
        ("@now", LogTime.ToUtcText(time.GetUtcNow())),
        ("@seen", destination.UpdatedAt)) == 1;

    /// <summary>Removes a row; false where it is gone already.</summary>
    public static bool Remove(SqlStatements sql, string id) => sql.Execute(DeleteRow, ("@id", id)) == 1;
}
