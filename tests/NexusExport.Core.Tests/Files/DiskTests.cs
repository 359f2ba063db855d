using NexusExport.Destinations.Common;
using NexusExport.Destinations.Local;
using NexusExport.Records;
using NexusExport.Tests.Destinations;

namespace NexusExport.Tests.Files;

/// <summary>What must not be lost is put onto the disk, and before it is relied upon.</summary>
public sealed class DiskTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<string> _flushed = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Flush_OfAFile_GoesToTheDisk()
    {
        using var file = new WatchedFile(_folder["a"]);

        Disk.Flush(file);

        Assert.True(file.IsOnDisk);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_ToALocalArchive_FlushesTheContentBeforeItHasItsNameAndTheNameAfterwards(bool replaces)
    {
        var archive = Path.GetDirectoryName(_folder.Write("archive/other.xml", ""))!;
        var path = Path.Combine(archive, "a.xml");
        if (replaces)
        {
            await File.WriteAllTextAsync(path, "earlier");
        }

        Watch(flushed => flushed == archive ? $"folder with {Size(path)}" : $"{Size(flushed)} beside {Size(path)}");
        using (var pending = await PendingFile.WriteAsync(archive, "new"u8.ToArray(), default))
        {
            Give(pending);
        }

        Assert.Equal([$"3 bytes beside {(replaces ? "7 bytes" : "nothing")}", "folder with 3 bytes"], _flushed);

        void Give(PendingFile pending)
        {
            if (replaces)
            {
                pending.ReplaceTo(path);
            }
            else
            {
                Assert.True(pending.TryMoveTo(path));
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Upload_OfWhatAKilledRunLeftInALocalArchive_FlushesItsNameBeforeItIsBelieved(bool overwrites)
    {
        var archive = _folder["archive"];
        var settings = new DestinationSettings
        {
            Name = "local",
            Type = "local",
            Priority = 1,
            Values = new Dictionary<string, object> { ["base_path"] = archive, ["on_existing"] = overwrites ? "overwrite" : "unique" },
        };
        await using var destination = new LocalDestination(settings, new DestinationServices());
        var context = TestExports.Context();
        await destination.UploadAsync(context, default);
        Watch(flushed => flushed == archive ? "folder" : "other");

        await destination.UploadAsync(context, default);
        await destination.FindAsync(context, default);

        Assert.Equal(["folder", "folder"], _flushed);
    }

    [Fact]
    public void Move_ToAnotherVolume_FlushesTheCopyAndItsNameBeforeTheRecordGoes()
    {
        var file = _folder.Write("records/a_1.xml", "content");
        var target = _folder["uploaded/a_1.xml"];

        Watch(flushed => $"{(flushed == target ? "name" : "copy")}: {Size(flushed)}, file: {Size(file)}, target: {Size(target)}");
        UploadedFolder.Move(file, Path.GetDirectoryName(target)!, null, (from, to) =>
        {
            if (Path.GetDirectoryName(from) != Path.GetDirectoryName(to))
            {
                throw new IOException("Invalid cross-device link");
            }

            Directory.Move(from, to);
        });

        Assert.Equal(["copy: 7 bytes, file: 7 bytes, target: nothing", "name: 7 bytes, file: 7 bytes, target: 7 bytes"], _flushed);
        Assert.False(File.Exists(file));
    }

    private static string Size(string path) => File.Exists(path) ? $"{new FileInfo(path).Length} bytes" : "nothing";

    private void Watch(Func<string, string> describe) => Disk.Witness.Value = path => _flushed.Add(describe(path));

    private sealed class WatchedFile(string path) : FileStream(path, FileMode.CreateNew)
    {
        public bool IsOnDisk { get; private set; }

        public override void Flush(bool flushToDisk)
        {
            IsOnDisk |= flushToDisk;
            base.Flush(flushToDisk);
        }
    }
}
