using Microsoft.Data.Sqlite;
using NexusExport.Store;
using NexusExport.Store.Sqlite;

namespace NexusExport.Tests.Store.Sqlite;

public sealed class DatabaseLookTests : IDisposable
{
    private static readonly HashSet<string> Names = [.. Enumerable.Range(0, 200).Select(number => $"round {number}"), "one"];

    private readonly TempFolder _folder = new();

    private string Database => _folder["nexus-export.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ask_WhereThereIsNoDatabase_AsksNothingAndMakesNothing()
    {
        Assert.True(new DatabaseLook(new StoreOptions(Database)).Ask(database => database is null));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Ask_AfterAnotherHasWritten_SeesIt()
    {
        await using (await StoreTestData.OpenAsync(Database))
        {
        }

        var look = new DatabaseLook(new StoreOptions(Database));
        Assert.Equal(0, CountJobs(look));
        using var writer = NexusLimsDatabase.Open(Database);
        Insert(writer, "one");

        Assert.Equal(1, CountJobs(look));
    }

    [Fact]
    public async Task Ask_WhileOthersOpenAndCloseTheDatabase_AlwaysAnswers()
    {
        await using (await StoreTestData.OpenAsync(Database))
        {
        }

        using var stop = new CancellationTokenSource();
        var others = Task.Run(async () =>
        {
            for (var round = 0; !stop.IsCancellationRequested; round++)
            {
                await using var store = await StoreTestData.OpenAsync(Database);
                var claim = await store.Jobs.ClaimAsync(StoreTestData.Request("1", $"round {round % 200}", "hash"), default);
                Assert.NotNull(claim.JobId);
                using var writer = NexusLimsDatabase.Open(Database);
                Complete(writer, claim.JobId);
            }
        });

        var look = new DatabaseLook(new StoreOptions(Database));
        var counts = Enumerable.Range(0, 300).Select(_ => CountJobs(look)).ToList();
        await stop.CancelAsync();
        await others;

        Assert.Equal(counts.Order(), counts);
        Assert.True(counts[^1] > 0);
    }

    [Fact]
    public void Ask_OfWhatIsNoDatabase_SaysSo()
    {
        _folder.Write("nexus-export.db", new string('x', 4096));

        var fault = Assert.Throws<ExportException>(() => new DatabaseLook(new StoreOptions(Database)).Ask(database => database?.Sessions)).Fault;

        Assert.Equal(ExportErrorCode.DatabaseUnusable, fault.Code);
    }

    private static long CountJobs(DatabaseLook look) => look.Ask(database => database is null ? -1 : database.Completed.GetCompleted(
        new CompletedQuery("1", "hash", Names)).Count);

    private static void Complete(SqliteConnection connection, string jobId)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE export_jobs SET status = 'completed', completed_at = '2026-01-01T00:00:00Z' WHERE id = @id";
        command.Parameters.AddWithValue("@id", jobId);
        command.ExecuteNonQuery();
    }

    private static void Insert(SqliteConnection connection, string destination)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            INSERT OR IGNORE INTO export_jobs (id, user_id, session_id, destination_id, filename, status, content_hash, completed_at, updated_at)
            VALUES (@destination, 'u', '1', @destination, 'f.xml', 'completed', 'hash', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')
            """;
        command.Parameters.AddWithValue("@destination", destination);
        command.ExecuteNonQuery();
    }
}
