using System.Globalization;
using NexusExport.Fakes;
using NexusExport.Fakes.Cdcs;
using NexusExport.Publishing;
using NexusExport.Store;
using NexusExport.Tests.Store;

namespace NexusExport.Tests.Destinations.Cdcs;

/// <summary>A record that was removed from the server is missing there, and the journal knows it.</summary>
public sealed class CdcsRemovalTests : IAsyncLifetime, IDisposable
{
    private readonly FolderLab _lab = new();
    private FakeCdcs _cdcs = null!;

    public async Task InitializeAsync()
    {
        _cdcs = await FakeCdcs.StartAsync();
        _lab.Configure($$"""
            records: { path: records, uploaded: uploaded }
            destinations: { cdcs: { url: {{_cdcs.BaseUrl}}, token: {{_cdcs.Token}} } }
            """);
        _lab.Write("records/2026-01-23_FEI-Titan-TEM_31.xml", "Grains");
    }

    public async Task DisposeAsync() => await _cdcs.DisposeAsync();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Remove_ARecordOfOurs_IsWrittenDownAndTheNextRunExportsAgain()
    {
        Assert.Equal(ExportStatus.Exported, await RunAsync());
        var id = LastId();

        await RemoveAsync(id);

        Assert.Equal("rolled_back", Assert.Single(NexusLimsDatabase.Query<string>(_lab.Database, "SELECT status FROM export_jobs")));
        var log = await LogAsync();
        Assert.Equal([(false, id), (true, id)], log.Select(entry => (entry.Success, entry.RecordId)));
        Assert.Equal("Removed from the destination.", log[0].ErrorMessage);
        Assert.Equal(ExportStatus.Exported, await RunAsync());
        Assert.Single(_cdcs.Records);
        Assert.Equal(ExportStatus.AlreadyExported, await RunAsync());
    }

    [Fact]
    public async Task Remove_ARecordThatIsGoneAlready_IsWrittenDownOnce()
    {
        await RunAsync();
        var id = LastId();
        _cdcs.Remove(int.Parse(id, CultureInfo.InvariantCulture));

        await RemoveAsync(id);
        await RemoveAsync($" 0{id}");

        Assert.Equal(2, (await LogAsync()).Count);
        Assert.Equal(ExportStatus.Exported, await RunAsync());
    }

    [Fact]
    public async Task Remove_ARecordThatOnlyTheLogKnows_IsNotBelievedAnyMore()
    {
        await RunAsync();
        var id = LastId();
        NexusLimsDatabase.Run(_lab.Database, "DELETE FROM export_jobs; UPDATE upload_log SET metadata_json = NULL, timestamp = '2100-01-01T00:00:00'");
        Assert.Equal(ExportStatus.AlreadyExported, await RunAsync());
        NexusLimsDatabase.Run(_lab.Database, "DELETE FROM export_jobs");

        await RemoveAsync(id);

        Assert.Equal(ExportStatus.Exported, await RunAsync());
        Assert.NotEqual(id, LastId());
    }

    [Theory]
    [InlineData("99999")]
    [InlineData("abc")]
    [InlineData("99999999999999999999")]
    public async Task Remove_AnIdThatNeverWas_SaysSo(string id)
    {
        await RunAsync();

        var exception = await Assert.ThrowsAsync<ExportException>(() => RemoveAsync(id));

        Assert.Equal(ExportErrorCode.ResourceNotFound, exception.Fault.Code);
        Assert.Contains(id, exception.Fault.Message, StringComparison.Ordinal);
        Assert.Single(_cdcs.Records);
        Assert.Single(await LogAsync());
    }

    [Fact]
    public async Task Remove_WithoutADatabase_RemovesAndMakesNone()
    {
        var record = _cdcs.Put("by hand", TestExports.Xml("x"));

        await RemoveAsync(record.Id.ToString(CultureInfo.InvariantCulture));

        Assert.Empty(_cdcs.Records);
        Assert.False(File.Exists(_lab.Database));
    }

    [Fact]
    public async Task Remove_WhatTheServerKeeps_ChangesNothing()
    {
        await RunAsync();
        _cdcs.Add(new FakeFault
        {
            Method = "DELETE", Status = 403,
            Body = """{"message":"The user does not have the permission to write into this workspace."}""",
            ContentType = "application/json",
        });

        var exception = await Assert.ThrowsAsync<ExportException>(() => RemoveAsync(LastId()));

        Assert.Equal(ExportErrorCode.PermissionDenied, exception.Fault.Code);
        Assert.Equal(ExportStatus.AlreadyExported, await RunAsync());
    }

    private string LastId() => _cdcs.Records[^1].Id.ToString(CultureInfo.InvariantCulture);

    private async Task<ExportStatus> RunAsync() => Assert.Single((await _lab.RunAsync()).OfType<ResultReady>()).Result.Status;

    private async Task RemoveAsync(string id)
    {
        await using var engine = _lab.Open();
        await engine.Cdcs.RemoveAsync(null, id, default);
    }

    private async Task<List<UploadLogEntry>> LogAsync()
    {
        await using var engine = _lab.Open();
        return await engine.Log.ReadAsync(new UploadLogQuery(), default).ToListAsync();
    }
}
