namespace NexusExport.Tests.Files;

public sealed class WaitedFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData((1024 * 1024) + 1)]
    [InlineData(3 * 1024 * 1024)]
    public async Task WriteAndRead_AnySize_IsTheSame(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        await using (var file = NewFile.Create(_folder["file"], WaitedFile.Options))
        {
            await WaitedFile.WriteAsync(file, bytes, CancellationToken.None);
        }

        using var handle = File.OpenHandle(_folder["file"], options: WaitedFile.Options);
        var read = new byte[size + 1];
        int count, total = 0;
        while ((count = await WaitedFile.ReadAsync(handle, read.AsMemory(total), total, CancellationToken.None)) > 0)
        {
            total += count;
        }

        Assert.Equal(bytes, read[..total]);
    }

    [Fact]
    public async Task WriteAndRead_Cancelled_DoNothing()
    {
        var stopped = new CancellationToken(canceled: true);
        await using var file = NewFile.Create(_folder["file"], WaitedFile.Options, FileAccess.ReadWrite);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await WaitedFile.WriteAsync(file, new byte[1], stopped));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await WaitedFile.ReadAsync(file, new byte[1], stopped));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await WaitedFile.ReadAsync(file.SafeFileHandle, new byte[1], 0, stopped));
        Assert.Equal(0, file.Length);
    }
}
