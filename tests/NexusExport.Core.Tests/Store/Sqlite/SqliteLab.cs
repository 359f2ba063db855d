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

    public override void AddSession(
        string identifier,
        string start = "2018-11-13T13:00:00-05:00",
        string end = "2018-11-13T15:00:00-05:00",
        string status = "TO_BE_BUILT",
        string instrument = "FEI-Titan-TEM") =>
        NexusLimsDatabase.AddSession(FilePath, identifier, start, end, status, instrument);

    public override void AddUpload(string session, string destination, string timestamp, bool success = true, string? metadata = null) =>
        NexusLimsDatabase.AddUpload(FilePath, session, destination, timestamp, success, metadata);

    public override void ClearLog() => NexusLimsDatabase.Run(FilePath, "DELETE FROM upload_log");

    public override void Dispose() => _folder.Dispose();
}
