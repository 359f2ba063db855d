using NexusExport.Store;
using NexusExport.Store.Sqlite;
using NexusExport.Tests.Store.Contract;

namespace NexusExport.Tests.Store.Sqlite;

/// <summary>A lab whose database is a SQLite file.</summary>
internal sealed class SqliteLab : StoreLab
{
    private readonly TempFolder _folder = new();

    private string FilePath => _folder["nexuslims.db"];

    public override IDatabase Database(FakeTimeProvider? time = null, TimeSpan? patience = null)
    {
        var options = StoreTestData.Options(FilePath, time);
        return new SqliteDatabase(options with { BusyTimeout = patience ?? options.BusyTimeout });
    }

    public override void MakeNexusLims() => NexusLimsDatabase.Make(_folder, NexusLimsDatabase.V250);

    public override void AddSession(string identifier, string start, string end, string status, string instrument) =>
        NexusLimsDatabase.AddSession(FilePath, identifier, start, end, status, instrument);

    public override void AddUpload(string session, string destination, string timestamp, bool success, string? metadata) =>
        NexusLimsDatabase.AddUpload(FilePath, session, destination, timestamp, success, metadata);

    public override void ClearLog() => NexusLimsDatabase.Run(FilePath, "DELETE FROM upload_log");

    public override void Dispose() => _folder.Dispose();
}
