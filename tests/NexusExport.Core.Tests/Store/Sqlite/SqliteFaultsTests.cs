using Microsoft.Data.Sqlite;
using NexusExport.Store.Sqlite;

namespace NexusExport.Tests.Store.Sqlite;

public sealed class SqliteFaultsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(5, ExportErrorCode.DatabaseBusy)] // SQLITE_BUSY
    [InlineData(13, ExportErrorCode.StorageFull)] // SQLITE_FULL
    [InlineData(10, ExportErrorCode.DatabaseUnusable)] // SQLITE_IOERR, with room on the disk
    [InlineData(1, ExportErrorCode.DatabaseUnusable)] // SQLITE_ERROR
    [InlineData(26, ExportErrorCode.DatabaseUnusable)] // SQLITE_NOTADB
    public void Translate_OfACode_TellsWhatItMeans(int code, string expected) =>
        Assert.Equal(expected, SqliteFaults.Translate(new SqliteException("no", code), _folder["lab.db"]).Fault.Code);

    [FullDiskTheory]
    [InlineData("4k")]
    [InlineData("16k")]
    [InlineData("32k")]
    [InlineData("64k")]
    [InlineData("100k")]
    public async Task Open_OnAFullDisk_SaysSo(string size)
    {
        using var disk = new SmallDisk(_folder["disk"], size);

        var fault = (await Assert.ThrowsAsync<ExportException>(() => StoreTestData.OpenAsync(Path.Combine(disk.Path, "lab.db")))).Fault;

        Assert.Equal(ExportErrorCode.StorageFull, fault.Code);
        Assert.Contains("Free space", fault.RecommendedAction, StringComparison.Ordinal);
    }
}
