using NexusExport.Store.Sqlite;
using NexusExport.Tests.Store.Contract;

namespace NexusExport.Tests.Store.Sqlite;

/// <summary>What export_destinations holds beside what is read of it.</summary>
public sealed class RegisteredDestinationRowsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Database => _folder["jobs.db"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ExportStatus.Exported, 1)]
    [InlineData(ExportStatus.Failed, 0)]
    public async Task RecordResult_OfARegisteredDestination_NotesWhenItWasUsed(ExportStatus status, int used)
    {
        await using var store = await StoreTestData.OpenAsync(Database);
        await store.Destinations.AddAsync(RegisteredDestinationsContract.Row(StoreTestData.Destination.ToUpperInvariant()), "ada", CancellationToken.None);

        Assert.Equal(["ada"], NexusLimsDatabase.Query<string>(Database, "SELECT created_by FROM export_destinations"));
        await store.RecordAsync(StoreTestData.Result(status, (await store.ClaimAsync()).JobId));

        Assert.Equal(used, NexusLimsDatabase.Query<string>(Database, "SELECT last_used_at FROM export_destinations WHERE last_used_at IS NOT NULL").Count);
    }

    [Theory]
    [InlineData(NexusLimsDatabase.V143)]
    [InlineData(NexusLimsDatabase.Nist141)]
    public void ReadDestinations_OfADatabaseWithoutTheTable_IsEmpty(string generation) =>
        Assert.Empty(new DatabaseLook(StoreTestData.Options(NexusLimsDatabase.Make(_folder, generation))).ReadDestinations());
}
