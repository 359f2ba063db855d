using System.Security.Cryptography;
using System.Text;
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
    [InlineData(0)]
    [InlineData(128 * 1024)]
    public void Move_ContentThereThatBeginsWithTheFiles_NumbersTheFile(int length)
    {
        var content = new string('a', length);
        File.WriteAllText(_file, content);
        _folder.Write("uploaded/a_1.xml", content + "more");

        var moved = Move(sameVolume: true);

        Assert.Equal("a_1.1.xml", Path.GetFileName(moved));
        Assert.Equal(content, File.ReadAllText(moved));
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
        var moved = UploadedFolder.Move(_file, _uploaded, null, (from, to) =>
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

        var exception = Assert.Throws<ExportException>(() => UploadedFolder.Move(_file, _uploaded, null));

        Assert.Equal(ExportErrorCode.MoveFailed, exception.Fault.Code);
        Assert.Contains(_file, exception.Message, StringComparison.Ordinal);
        Assert.Equal("content", File.ReadAllText(_file));
    }

    [Theory]
    [MemberData(nameof(SameVolume))]
    public void Move_ToTheFolderItLiesInByALink_LeavesTheFile(bool sameVolume)
    {
        Directory.CreateSymbolicLink(_uploaded, _folder.Path);

        Assert.Equal(ExportErrorCode.MoveFailed, Assert.Throws<ExportException>(() => Move(sameVolume)).Fault.Code);
        Assert.Equal("content", File.ReadAllText(_file));
        Assert.Equal([_file], Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [MemberData(nameof(SameVolume))]
    public void Move_TheNameThereIsThisVeryFile_LeavesBoth(bool sameVolume)
    {
        Directory.CreateDirectory(_uploaded);
        var link = Path.Combine(_uploaded, "a_1.xml");
        File.CreateSymbolicLink(link, _file);

        Assert.Equal(ExportErrorCode.MoveFailed, Assert.Throws<ExportException>(() => Move(sameVolume)).Fault.Code);
        Assert.Equal("content", File.ReadAllText(_file));
        Assert.Equal("content", File.ReadAllText(link));
    }

    [UnixFact]
    public void Move_TheNameThereIsAHardLinkToTheFile_LeavesBoth()
    {
        Directory.CreateDirectory(_uploaded);
        var link = Path.Combine(_uploaded, "a_1.xml");
        Assert.True(UnixFileSystem.TryLink(_file, link));

        Assert.Equal(ExportErrorCode.MoveFailed, Assert.Throws<ExportException>(() => Move(sameVolume: true)).Fault.Code);
        Assert.Equal("content", File.ReadAllText(_file));
        Assert.Equal("content", File.ReadAllText(link));
    }

    [BindMountFact]
    public void Move_ToTheFolderItLiesInByAMount_LeavesTheFile()
    {
        var records = Path.GetDirectoryName(_folder.Write("records/a_1.xml", "content"))!;
        using var mount = new BindMount(records, _uploaded);

        var fault = Assert.Throws<ExportException>(() => UploadedFolder.Move(_folder["records/a_1.xml"], _uploaded, null)).Fault;

        Assert.Equal(ExportErrorCode.MoveFailed, fault.Code);
        Assert.Equal("content", File.ReadAllText(_folder["records/a_1.xml"]));
        Assert.Single(Directory.GetFiles(records));
    }

    [BindMountFact]
    public void Move_TheFileIsMountedThere_LeavesIt()
    {
        var there = _folder.Write("uploaded/a_1.xml", "");
        using var mount = new BindMount(_file, there);

        Assert.Throws<ExportException>(() => Move(sameVolume: true));

        Assert.Equal("content", File.ReadAllText(_file));
    }

    [Fact]
    public void Move_TheCopyGoesWithTheFile_PutsTheFileBack()
    {
        // One file on a share that is mounted twice: two identities, and taking away the one name takes away the other.
        var there = _folder.Write("uploaded/a_1.xml", "content");
        var names = 0;

        var exception = Assert.Throws<ExportException>(() => UploadedFolder.Move(_file, _uploaded, null, (from, to) =>
        {
            Directory.Move(from, to);
            if (names++ == 0)
            {
                File.Delete(there);
            }
        }));

        Assert.Equal(ExportErrorCode.MoveFailed, exception.Fault.Code);
        Assert.Equal("content", File.ReadAllText(_file));
    }

    [Fact]
    public void Move_AnotherProcessMovedItMeanwhile_FindsItWhereThatOnePutIt()
    {
        _folder.Write("uploaded/a_1.xml", "older content");
        _folder.Write("uploaded/a_1.1.xml", "content");
        File.Delete(_file);

        Assert.Equal(_folder["uploaded/a_1.1.xml"], UploadedFolder.Move(_file, _uploaded, HashOf("content")));
    }

    [Fact]
    public void Move_GoneAndNowhereElse_SaysSo()
    {
        _folder.Write("uploaded/a_1.xml", "other content");
        File.Delete(_file);

        Assert.Equal(
            ExportErrorCode.MoveFailed,
            Assert.Throws<ExportException>(() => UploadedFolder.Move(_file, _uploaded, HashOf("content"))).Fault.Code);
    }

    [Fact]
    public void Find_OfUnknownContent_GivesWhatWasWrittenLast()
    {
        _folder.Write("uploaded/a_1.xml", "rebuilt");
        File.SetLastWriteTimeUtc(_folder.Write("uploaded/a_1.1.xml", "first"), Written);

        Assert.Equal(_folder["uploaded/a_1.xml"], UploadedFolder.Find(_file, _uploaded, null));
        Assert.Equal(_folder["uploaded/a_1.1.xml"], UploadedFolder.Find(_file, _uploaded, HashOf("first")));
        Assert.Null(UploadedFolder.Find(_folder["b_2.xml"], _uploaded, null));
    }

    [Fact]
    public void Move_FileGone_SaysSo()
    {
        File.Delete(_file);

        Assert.Equal(ExportErrorCode.MoveFailed, Assert.Throws<ExportException>(() => UploadedFolder.Move(_file, _uploaded, null)).Fault.Code);
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private string Move(bool sameVolume) => sameVolume
        ? UploadedFolder.Move(_file, _uploaded, null)
        : UploadedFolder.Move(_file, _uploaded, null, RenameWithinAFolder);

    private static void RenameWithinAFolder(string from, string to)
    {
        if (Path.GetDirectoryName(from) != Path.GetDirectoryName(to))
        {
            throw new IOException("Invalid cross-device link");
        }

        Directory.Move(from, to);
    }
}
