using NexusExport.Records;

namespace NexusExport.Tests.Records;

public sealed class UploadedFolderTests : IDisposable
{
    private static readonly DateTime Written = new(2026, 1, 12, 9, 0, 0, DateTimeKind.Utc);

    private readonly TempFolder _folder = new();
    private readonly string _file;
    private readonly string _uploaded;

    public UploadedFolderTests()
    {
        _file = _folder.Write("a_1.xml", "content");
        _uploaded = Path.Combine(_folder.Path, "uploaded");
        File.SetLastWriteTimeUtc(_file, Written);
    }

    public static TheoryData<bool> SameVolume() => new(true, false);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(SameVolume))]
    public void Move_NewName_MovesWithItsTimes(bool sameVolume)
    {
        var moved = Move(sameVolume);

        Assert.Equal(Path.Combine(_uploaded, "a_1.xml"), moved);
        Assert.Equal("content", File.ReadAllText(moved));
        Assert.Equal(Written, File.GetLastWriteTimeUtc(moved));
        Assert.False(File.Exists(_file));
        Assert.Single(Directory.GetFiles(_uploaded));
    }

    [Theory]
    [MemberData(nameof(SameVolume))]
    public void Move_SameContentThere_DeletesTheFileOnly(bool sameVolume)
    {
        var there = _folder.Write("uploaded/a_1.xml", "content");

        Assert.Equal(there, Move(sameVolume));
        Assert.False(File.Exists(_file));
        Assert.Single(Directory.GetFiles(_uploaded));
    }

    [Theory]
    [MemberData(nameof(SameVolume))]
    public void Move_OtherContentThere_NumbersTheFile(bool sameVolume)
    {
        _folder.Write("uploaded/a_1.xml", "CONTENT");
        _folder.Write("uploaded/a_1.1.xml", "longer content");

        var moved = Move(sameVolume);

        Assert.Equal("a_1.2.xml", Path.GetFileName(moved));
        Assert.Equal("content", File.ReadAllText(moved));
        Assert.Equal("CONTENT", File.ReadAllText(_folder["uploaded/a_1.xml"]));
        Assert.Equal("longer content", File.ReadAllText(_folder["uploaded/a_1.1.xml"]));
    }

    [Fact]
    public void Move_NameTakenAtTheLastMoment_OverwritesNothing()
    {
        var moved = UploadedFolder.Move(_file, _uploaded, (from, to) =>
        {
            if (!File.Exists(_folder["uploaded/a_1.xml"]))
            {
                File.WriteAllText(to, "somebody else's");
            }

            Directory.Move(from, to);
        });

        Assert.Equal("a_1.1.xml", Path.GetFileName(moved));
        Assert.Equal("somebody else's", File.ReadAllText(_folder["uploaded/a_1.xml"]));
    }

    [Fact]
    public void Move_FolderCannotBeMade_LeavesTheFile()
    {
        File.WriteAllText(_uploaded, "a file in the way");

        var exception = Assert.Throws<ExportException>(() => UploadedFolder.Move(_file, _uploaded));

        Assert.Equal(ExportErrorCode.MoveFailed, exception.Fault.Code);
        Assert.Contains(_file, exception.Message, StringComparison.Ordinal);
        Assert.Equal("content", File.ReadAllText(_file));
    }

    [Fact]
    public void Move_FileGone_SaysSo()
    {
        File.Delete(_file);

        Assert.Equal(ExportErrorCode.MoveFailed, Assert.Throws<ExportException>(() => UploadedFolder.Move(_file, _uploaded)).Fault.Code);
    }

    private string Move(bool sameVolume) => sameVolume
        ? UploadedFolder.Move(_file, _uploaded)
        : UploadedFolder.Move(_file, _uploaded, (_, _) => throw new IOException("Invalid cross-device link"));
}
