using NexusExport.Destinations.LabArchives;
using NexusExport.Fakes.LabArchives;

namespace NexusExport.Tests.Destinations.LabArchives;

/// <summary>Where the account may write, as far as the API tells.</summary>
public sealed class LabArchivesConnectionTestTests : IAsyncLifetime
{
    private FakeLabArchives _fake = null!;
    private LabArchivesDestination _destination = null!;

    public async Task InitializeAsync()
    {
        _fake = await FakeLabArchives.StartAsync(new() { Time = new HurriedTimeProvider() });
        _destination = LabArchivesBed.Create(_fake);
    }

    public async Task DisposeAsync()
    {
        await _destination.DisposeAsync();
        await _fake.DisposeAsync();
    }

    [Fact]
    public async Task Run_FolderThatMayNotBeWritten_SaysNo()
    {
        _fake.Put(LabArchivesDestinationSettings.DefaultFolder, isPage: false, writable: false);
        _fake.Put("Open to all", isPage: false);

        Assert.Contains("the folder 'NexusLIMS Records' and not write", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NotebookInWhichNothingMayBeWritten_SaysNo()
    {
        _fake.Put("Methods", isPage: false, writable: false);
        _fake.Put("Notes", isPage: true, writable: false);

        Assert.Contains("the notebook and not write", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LabArchivesDestinationSettings.DefaultFolder)]
    [InlineData("Methods")]
    public async Task Run_OneOfSeveralThatMayBeWritten_IsEnough(string name)
    {
        _fake.Put(name, isPage: false, writable: false);
        _fake.Put(name, isPage: false);

        Assert.Equal(["read", "write"], (await _destination.TestConnectionAsync(default)).Permissions);
    }

    private async Task<string> RefusalAsync()
    {
        var fault = (await Assert.ThrowsAsync<ExportException>(() => _destination.TestConnectionAsync(default))).Fault;
        Assert.Equal(ExportErrorCode.PermissionDenied, fault.Code);
        return fault.Message;
    }
}
