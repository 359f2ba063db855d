using NexusExport.Store;

namespace NexusExport.Tests.Store.Contract;

/// <summary>
/// A database of some engine, and what others do to it behind our back. It is what a contract of the store's ports is run against: an engine
/// passes by deriving from each contract with a lab of its own.
/// </summary>
internal abstract class StoreLab : IDisposable
{
    /// <summary>The database, which nobody has made yet. It is the same one every time; the clock stands at <see cref="StoreTestData.Moment"/>.</summary>
    public abstract IDatabase Database(FakeTimeProvider? time = null, TimeSpan? patience = null);

    /// <summary>Makes it a NexusLIMS database of today, with an instrument "FEI-Titan-TEM" in America/New_York.</summary>
    public abstract void MakeNexusLims();

    /// <summary>Adds a START and an END row to NexusLIMS's session_log.</summary>
    public abstract void AddSession(
        string identifier,
        string start = "2018-11-13T13:00:00-05:00",
        string end = "2018-11-13T15:00:00-05:00",
        string status = "TO_BE_BUILT",
        string instrument = "FEI-Titan-TEM");

    /// <summary>Adds a row to upload_log, as NexusLIMS does: of record 42, at a time that it spells in its own way.</summary>
    public abstract void AddUpload(string session, string destination, string timestamp, bool success = true, string? metadata = null);

    /// <summary>Empties upload_log.</summary>
    public abstract void ClearLog();

    public Task<IExportStore> OpenAsync(FakeTimeProvider? time = null) => Database(time).OpenAsync(CancellationToken.None);

    /// <summary>With time to wait for another store's transaction.</summary>
    public Task<IExportStore> OpenPatientAsync() => Database(patience: TimeSpan.FromSeconds(30)).OpenAsync(CancellationToken.None);

    /// <summary>What a run leaves that is killed: it claims a job, and ends without a word.</summary>
    public async Task<JobClaim> ClaimAndDieAsync(JobRequest? request = null)
    {
        await using var store = await OpenAsync();
        return await store.ClaimAsync(request);
    }

    public abstract void Dispose();
}
