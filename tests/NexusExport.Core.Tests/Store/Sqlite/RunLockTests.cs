using NexusExport.Store.Sqlite;

namespace NexusExport.Tests.Store.Sqlite;

public sealed class RunLockTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Database => _folder["lab.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void IsAlive_OfARunThatHoldsItsLock_IsSo()
    {
        using var mine = RunLock.Take(Database);
        using var other = RunLock.Take(Database);

        Assert.True(mine.IsAlive(mine.Owner));
        Assert.True(mine.IsAlive(other.Owner));
        Assert.Equal([other.Owner], mine.OtherOwners());
    }

    [Fact]
    public void IsAlive_OfARunThatEnded_IsNotSo()
    {
        using var mine = RunLock.Take(Database);
        var other = RunLock.Take(Database);
        other.Dispose();

        Assert.False(mine.IsAlive(other.Owner));
        Assert.Empty(mine.OtherOwners());
    }

    [Fact]
    public void IsAlive_OfAFileThatNobodyHolds_IsNotSoAndTakesTheFileAway()
    {
        using var mine = RunLock.Take(Database);
        var killed = Guid.NewGuid().ToString("n");
        _folder.Write($"lab.db.run-{killed}.lock", string.Empty);

        Assert.False(mine.IsAlive(killed));
        Assert.Empty(mine.OtherOwners());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public void IsAlive_OfWhatIsNoOwner_IsNotSoAndTouchesNothing(string? owner)
    {
        using var mine = RunLock.Take(Database);

        Assert.False(mine.IsAlive(owner));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Take_WhereNoFileCanBeMade_IsADatabaseThatCannotBeUsed()
    {
        var fault = Assert.Throws<ExportException>(() => RunLock.Take(Path.Combine(_folder["missing"], "lab.db"))).Fault;

        Assert.Equal(ExportErrorCode.DatabaseUnusable, fault.Code);
    }

    [Fact]
    public void Dispose_Leaves_NoFileBehind()
    {
        RunLock.Take(Database).Dispose();

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }
}
